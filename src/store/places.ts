import { resolve } from 'node:path';
import type { Keys } from '../keys.ts';
import { databaseFile, isPostgresql, withoutPassword } from './address.ts';
import type { PhotoPlace } from './raw-photos.ts';

/** A database as people may read where it is. */
export function databasePlace(url: string): string {
  return isPostgresql(url) ? withoutPassword(url) : `file:${resolve(databaseFile(url))}`;
}

/** The same of a photo store. */
export function photoPlace({ photoStore, uploadsDir }: PhotoPlace): string {
  if (!photoStore) return resolve(uploadsDir);
  const { endpoint, bucket, prefix } = photoStore;
  return `s3://${bucket}/${prefix} (${endpoint})`;
}

/** Tells places apart without telling where they are. */
export function digestOfPlace(keys: Keys, ...places: string[]): string {
  return keys.digest('places', JSON.stringify(places)).toString('base64url');
}
