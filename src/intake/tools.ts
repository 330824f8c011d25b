import type { Bell } from '../bell.ts';
import type { Embassy } from '../campaign/embassies.ts';
import type { Config } from '../config.ts';
import type { Keys } from '../keys.ts';
import type { Photos } from '../store/photos.ts';
import type { Store } from '../store/store.ts';
import type { Admission } from './admission.ts';

/** What the supporters' room works with. */
export interface IntakeTools {
  store: Store;
  photos: Photos;
  keys: Keys;
  bell: Bell;
  embassies: ReadonlyMap<string, Embassy>;
  admit: Admission;
  config: Pick<Config, 'campaignEnd'>;
  now: () => Date;
}
