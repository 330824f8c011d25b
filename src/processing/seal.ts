import type { CleanPhoto } from '../image/workers.ts';
import type { Photos } from '../store/photos.ts';
import { RENDITION_SIDES } from '../submission/renditions.ts';

/** Seals master and renditions of a photo, each in the place of the one that may be there. */
export async function sealPictures(
  photos: Photos,
  id: string,
  { master, renditions }: Pick<CleanPhoto, 'master' | 'renditions'>,
): Promise<void> {
  await Promise.all([
    photos.seal(id, 'master', master.bytes),
    ...RENDITION_SIDES.map((side) => photos.seal(id, `${side}`, renditions[side].bytes)),
  ]);
}
