import type { CleanPhoto } from '../image/workers.ts';
import type { Photos } from '../store/photos.ts';
import { RENDITION_SIDES } from '../submission/renditions.ts';

/**
 * Seals master and renditions of a photo, each in the place of the one that may be there. Writes
 * nothing any more once it rejects.
 */
export async function sealPictures(
  photos: Photos,
  id: string,
  { master, renditions }: Pick<CleanPhoto, 'master' | 'renditions'>,
): Promise<void> {
  const writes = [
    photos.seal(id, 'master', master.bytes),
    ...RENDITION_SIDES.map((side) => photos.seal(id, `${side}`, renditions[side].bytes)),
  ];
  // Whoever hears that one has failed tidies up: none may come after that.
  await Promise.allSettled(writes);
  await Promise.all(writes);
}
