import type { Readable } from 'node:stream';
import type { RenditionSide } from '../submission/renditions.ts';
import type { MosaicFiles } from './mosaic-files.ts';

/** What is kept sealed of a submission: the file as sent until it is cleaned, then clean pictures. */
export type SealedPart = 'original' | 'master' | `${RenditionSide}`;

/**
 * Where photos lie: in a folder (`folder-photos.ts`) or in an object store (`object-photos.ts`).
 * All that is written is durable when it resolves. Ids that are none throw a `RangeError`; an
 * object store that cannot be reached throws `StoreDown`.
 */
export interface Photos {
  /** Seals a stream as it arrives. Rejects, leaving nothing, when the stream fails. */
  receive(id: string, photo: Readable): Promise<void>;
  seal(id: string, part: SealedPart, bytes: Buffer): Promise<void>;
  /** The bytes of a part, or null when it is not there. Throws `SealBroken` when it was altered. */
  open(id: string, part: SealedPart): Promise<Buffer | null>;
  has(id: string, part: SealedPart): Promise<boolean>;
  remove(id: string, part: SealedPart): Promise<void>;
  /** Writes a file anybody may read. */
  publish(id: string, file: string, bytes: Buffer): Promise<void>;
  /** Takes all public files of a photo away. */
  retract(id: string): Promise<void>;
  /** Takes everything of a photo away, sealed and public, and what is being written sealed. */
  erase(id: string): Promise<void>;
  mosaics: MosaicFiles;
  published: Published;
  /** Every submission that has files, with what it has; file names that belong to none are not told. */
  inventory(): AsyncGenerator<StoredFiles>;
  /** Removes files that were being written and have not been touched for `idleMs`. */
  removeUnfinished(idleMs: number): Promise<void>;
  /** Room that is left; `Infinity` where nobody counts it. */
  freeBytes(): Promise<number>;
  /** Throws when the store cannot take a photo. */
  proveWritable(): Promise<void>;
}

export interface StoredFiles {
  id: string;
  sealed: string[];
  published: string[];
}

/** How what is published is read, by its path: `{id}/{file}` or `mosaic/{file}`. */
export type Published = { folder: string } | PublishedObjects;

export interface PublishedObjects {
  /** What there is to know of a file, without its bytes; null when it is not there. */
  look(path: string): Promise<PublishedFacts | null>;
  /** Its bytes, or those from the first to the last of `range`, as they arrive. */
  read(path: string, range?: { first: number; last: number }): Promise<Readable | null>;
}

export interface PublishedFacts {
  /** Bytes. */
  size: number;
  /** Strong, with its quotes: of the content. */
  etag: string;
}
