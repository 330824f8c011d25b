import type { Readable } from 'node:stream';
import type { BucketSettings } from '../config.ts';
import { openBucket } from './bucket.ts';
import { openRawBucket } from './raw-bucket.ts';
import { openRawFolder } from './raw-folder.ts';
import { listInBucket, listInFolder, type TakenBackList } from './taken-back-lists.ts';

/**
 * A photo store as it is, sealed files and all, for moving it elsewhere. Files are named the same
 * in every kind of store: `private/{id}/{part}`, `public/{id}/{file}`, `public/mosaic/{file}`.
 */
export interface RawPhotos {
  /** Names of whole files, in any order. Files may come and go meanwhile. */
  names(): AsyncGenerator<string>;
  /** Bytes of a file; null when it is not there. */
  size(name: string): Promise<number | null>;
  read(name: string): Promise<Readable | null>;
  /** Durable when it resolves; leaves nothing when `content` fails. */
  write(name: string, content: Readable): Promise<void>;
  remove(name: string): Promise<void>;
  /** What the store says of a move to it; null when it is none. */
  mark: {
    read(): Promise<string | null>;
    set(value: string): Promise<void>;
    drop(): Promise<void>;
  };
  takenBack: TakenBackList;
}

/** Where photos lie: a bucket, or else a folder. */
export interface PhotoPlace {
  photoStore: BucketSettings | undefined;
  uploadsDir: string;
}

/** Opens it without asking or making anything. */
export function openRawPhotos({ photoStore, uploadsDir }: PhotoPlace): RawPhotos {
  if (!photoStore) return { ...openRawFolder(uploadsDir), takenBack: listInFolder(uploadsDir) };
  const bucket = openBucket(photoStore);
  return { ...openRawBucket(bucket), takenBack: listInBucket(bucket) };
}
