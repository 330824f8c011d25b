import { CannotStart } from '../resources.ts';
import type { MovedPhotos } from '../store/move-photos.ts';
import type { Compared } from '../store/move-rows.ts';
import { databasePlace, photoPlace } from '../store/places.ts';
import type { MoveOrder } from './move-order.ts';

const HASH_SHOWN = 16;

/** What is moved from where to where, a line each. */
export function tellPlaces({ database, photos, source, target }: MoveOrder): string {
  return [
    ...(database
      ? [`database  ${databasePlace(source.databaseUrl)} -> ${databasePlace(target.databaseUrl)}`]
      : []),
    ...(photos ? [`photos    ${photoPlace(source)} -> ${photoPlace(target)}`] : []),
  ].join('\n');
}

/** Counts and hashes of all tables. Throws `CannotStart` when one is not the same on both sides. */
export function tellRows(all: Compared[]): string {
  const lines = all.map(({ model, source, target }) => {
    const same = source.count === target.count && source.hash === target.hash;
    const hash = source.hash.slice(0, HASH_SHOWN);
    const verdict = same ? 'same' : `NOT THE SAME: ${target.count} were written`;
    return `${String(source.count).padStart(9)}  ${model.padEnd(16)} ${hash}  ${verdict}`;
  });
  const text = lines.join('\n');
  if (text.includes('NOT THE SAME')) {
    throw new CannotStart(
      `${text}\nRows are not the same on both sides. The move is not finished.`,
    );
  }
  return text;
}

export function tellPhotos({ files, hash }: MovedPhotos): string {
  return `${String(files).padStart(9)}  ${'photo files'.padEnd(16)} ${hash.slice(0, HASH_SHOWN)}  same`;
}

/** What is to be done at the end. */
export function tellDone({ database, photos, target }: MoveOrder): string {
  const { photoStore, uploadsDir, databaseUrl } = target;
  const bucket = photoStore && `s3://${photoStore.bucket}/${photoStore.prefix}`;
  const settings = [
    ...(database ? [`DATABASE_URL=${databasePlace(databaseUrl)}`] : []),
    ...(photos && bucket ? [`PHOTO_STORE=${bucket}   and S3_ENDPOINT, S3_REGION, the keys`] : []),
    ...(photos && !bucket
      ? [`UPLOADS_DIR=${photoPlace({ photoStore, uploadsDir })}   without PHOTO_STORE and S3_*`]
      : []),
  ];
  return `Moved. Both sides are the same, and the old place does not serve any more.
Set in .env:
${settings.map((line) => `  ${line}`).join('\n')}
Then start the service, and run the doctor. Destroy the old place once the new one has proven itself:
photos that are withdrawn from now on are still in it.`;
}
