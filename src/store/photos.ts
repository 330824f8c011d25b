import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { seal, sealStream, unseal } from '../sealing.ts';
import type { RenditionSide } from '../submission/renditions.ts';
import {
  freeBytes,
  isMissing,
  isUnfinished,
  makeFolder,
  namesIn,
  proveWritable,
  removeUnfinished,
  syncFolder,
  writeDurably,
} from './files.ts';
import { MOSAIC_FOLDER, type MosaicFiles, openMosaicFiles } from './mosaic-files.ts';

/** What is kept sealed of a submission: the file as sent until it is cleaned, then clean pictures. */
export type SealedPart = 'original' | 'master' | `${RenditionSide}`;

export interface Photos {
  /** Seals a stream to the disk as it arrives. Rejects, leaving nothing, when the stream fails. */
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
  /** Takes everything of a photo away, sealed and public. */
  erase(id: string): Promise<void>;
  mosaics: MosaicFiles;
  /** Folder `/photos/` is served from: `{id}/{file}`. */
  publicFolder: string;
  /** Every submission that has files, with what it has; file names that belong to none. */
  inventory(): AsyncGenerator<StoredFiles>;
  /** Removes files that were being written and have not been touched for `idleMs`. */
  removeUnfinished(idleMs: number): Promise<void>;
  /** Room that is left on the disk. */
  freeBytes(): Promise<number>;
  /** Throws when the store cannot take a photo. */
  proveWritable(): Promise<void>;
}

export interface StoredFiles {
  id: string;
  sealed: string[];
  published: string[];
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Sealed files are spread over 256 folders by the first two digits of their random id. */
const SHELVES = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));
/** A web server in front may read what is published. */
const PUBLIC_FOLDER = 0o755;
const PUBLIC_FILE = 0o644;

/** Opens the photo store in `folder`, making what is missing. The only place that makes a path. */
export async function openPhotos(folder: string, key: Buffer): Promise<Photos> {
  const privateFolder = resolve(folder, 'private');
  const publicFolder = resolve(folder, 'public');
  const mosaicFolder = join(publicFolder, MOSAIC_FOLDER);
  await makeFolder(publicFolder, PUBLIC_FOLDER);
  await Promise.all(SHELVES.map((shelf) => makeFolder(join(privateFolder, shelf))));

  const shelfOf = (id: string) => join(privateFolder, checked(id).slice(0, 2));
  const sealedPath = (id: string, part: string) => join(shelfOf(id), `${id}.${part}`);
  const publicPath = (id: string) => join(publicFolder, checked(id));
  const sealName = (id: string, part: string) => `${id}/${part}`;

  async function sealedOf(id: string): Promise<string[]> {
    return (await namesIn(shelfOf(id))).filter((name) => name.startsWith(`${id}.`));
  }

  async function retract(id: string): Promise<void> {
    // A publication that is under way may put a file in between the emptying and the removal.
    await rm(publicPath(id), { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
    await syncFolder(publicFolder);
  }

  return {
    publicFolder,
    mosaics: openMosaicFiles(mosaicFolder, { folder: PUBLIC_FOLDER, file: PUBLIC_FILE }),

    async receive(id, photo) {
      const sealed = sealStream(key, sealName(id, 'original'));
      // The error of either end reaches the writer through the destroyed stream.
      pipeline(photo, sealed, () => undefined);
      await writeDurably(sealedPath(id, 'original'), sealed);
    },

    async seal(id, part, bytes) {
      await writeDurably(sealedPath(id, part), seal(key, sealName(id, part), bytes));
    },

    async open(id, part) {
      try {
        return unseal(key, sealName(id, part), await readFile(sealedPath(id, part)));
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },

    has: async (id, part) => (await sealedOf(id)).includes(`${id}.${part}`),

    async remove(id, part) {
      await rm(sealedPath(id, part), { force: true });
      await syncFolder(shelfOf(id));
    },

    async publish(id, file, bytes) {
      await makeFolder(publicPath(id), PUBLIC_FOLDER);
      const options = { mode: PUBLIC_FILE, stamp: contentStamp(bytes) };
      await writeDurably(join(publicPath(id), file), bytes, options);
      await syncFolder(publicFolder);
    },

    retract,

    async erase(id) {
      await retract(id);
      for (const name of await sealedOf(id)) await rm(join(shelfOf(id), name), { force: true });
      await syncFolder(shelfOf(id));
    },

    async *inventory() {
      const published = new Set(await namesIn(publicFolder));
      for (const shelf of SHELVES) {
        const names = (await namesIn(join(privateFolder, shelf))).filter((n) => !isUnfinished(n));
        const ids = new Set(names.map((name) => name.slice(0, 36)).filter((id) => ID.test(id)));
        for (const id of published) if (id.startsWith(shelf) && ID.test(id)) ids.add(id);
        for (const id of ids) {
          yield {
            id,
            sealed: names.filter((n) => n.startsWith(`${id}.`)).map((n) => n.slice(37)),
            published: published.has(id) ? await namesIn(publicPath(id)) : [],
          };
        }
      }
    },

    async removeUnfinished(idleMs) {
      const shelves = SHELVES.map((shelf) => join(privateFolder, shelf));
      const ids = (await namesIn(publicFolder)).filter((name) => ID.test(name)).map(publicPath);
      const own = [privateFolder, publicFolder, mosaicFolder];
      for (const folder of [...own, ...shelves, ...ids]) {
        await removeUnfinished(folder, idleMs);
      }
    },

    freeBytes: () => freeBytes(privateFolder),

    async proveWritable() {
      await proveWritable(privateFolder);
      await proveWritable(publicFolder);
    },
  };
}

/** Caches compare a file's time and size; a time made of the content changes just when it does. */
function contentStamp(bytes: Buffer): number {
  return createHash('sha256').update(bytes).digest().readUInt32BE() >>> 1;
}

/** Ids come from rows, but a path is only ever made of what is certainly one. */
function checked(id: string): string {
  if (!ID.test(id)) throw new RangeError('Not the id of a submission');
  return id;
}
