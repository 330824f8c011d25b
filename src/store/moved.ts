import type { Keys } from '../keys.ts';
import type { Transaction } from './engine.ts';
import { LEFT_DATABASE, LEFT_PHOTOS, MOVING, readMarks } from './move-marks.ts';
import { digestOfPlace, photoPlace } from './places.ts';
import type { PhotoPlace } from './raw-photos.ts';

/** Why nobody may work with this database and these photos; null when a move is no matter. */
export async function whyNotHere(
  read: Transaction,
  place: PhotoPlace,
  keys: Keys,
): Promise<string | null> {
  const marks = await readMarks(read);
  if (marks.has(MOVING)) return 'A move to this database (DATABASE_URL) is not finished.';
  if (marks.has(LEFT_DATABASE)) {
    return `This database (DATABASE_URL) was moved elsewhere: set what the move has told.
To go on with this one in spite of that: npm run move -- --call-off`;
  }
  if (marks.get(LEFT_PHOTOS)?.startsWith(digestOfPlace(keys, photoPlace(place)))) {
    return `The photos of this database were moved away from ${photoPlace(place)}: set what the move has told.
To go on with these in spite of that: npm run move -- --call-off`;
  }
  return null;
}

/** What is remembered of where photos were moved from, and by which move. */
export function leftPhotos(keys: Keys, from: PhotoPlace, mark: string): string {
  return `${digestOfPlace(keys, photoPlace(from))} ${mark}`;
}
