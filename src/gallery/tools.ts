import type { Embassy } from '../campaign/embassies.ts';
import type { ImageWorkers } from '../image/workers.ts';
import type { Keys } from '../keys.ts';
import type { Photos } from '../store/photos.ts';
import type { Store } from '../store/store.ts';

/** What the readers' room works with. */
export interface GalleryTools {
  store: Store;
  photos: Photos;
  images: Pick<ImageWorkers, 'drawCard'>;
  keys: Keys;
  embassies: ReadonlyMap<string, Embassy>;
  publicUrl: string;
  /** What `{id}/{file}` of a published file comes after, in what other sites read. */
  photosUrl: string;
  now: () => Date;
}

/** The same in our own pages: they load nothing from anywhere else. */
export const OWN_PHOTOS = '/photos';
