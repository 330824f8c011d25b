import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { seal, sealStream, unseal } from '../sealing.ts';
import {
  freeBytes,
  isMissing,
  isUnfinished,
  makeFolder,
  makeFolders,
  namesIn,
  proveWritable,
  removeUnfinished,
  syncFolder,
  writeDurably,
} from './files.ts';
import { openMosaicFiles } from './mosaic-files.ts';
import { isId, sealName } from './photo-names.ts';
import { contentStamp, openPaths, PUBLIC_FILE, PUBLIC_FOLDER, SHELVES } from './photo-paths.ts';
import type { Photos } from './photos.ts';

/** Photos in a folder, with the one `published` is served from. */
export interface FolderPhotos extends Photos {
  published: { folder: string };
}

/** Opens the photo store in `folder`, making what is missing. */
export async function openFolderPhotos(folder: string, key: Buffer): Promise<FolderPhotos> {
  const { privateFolder, publicFolder, mosaicFolder, ...paths } = openPaths(folder);
  const { shelfOf, sealedPath, publicPath } = paths;
  await makeFolder(publicFolder, PUBLIC_FOLDER);
  await makeFolders(privateFolder, SHELVES);

  async function sealedOf(id: string): Promise<string[]> {
    return (await namesIn(shelfOf(id))).filter((name) => name.startsWith(`${id}.`));
  }

  async function retract(id: string): Promise<void> {
    // A publication that is under way may put a file in between the emptying and the removal.
    await rm(publicPath(id), { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
    await syncFolder(publicFolder);
  }

  return {
    published: { folder: publicFolder },
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
        const ids = new Set(names.map((name) => name.slice(0, 36)).filter(isId));
        for (const id of published) if (id.startsWith(shelf) && isId(id)) ids.add(id);
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
      const ids = (await namesIn(publicFolder)).filter(isId).map(publicPath);
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
