import { open, readFile, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { isMissing, makeFolder, namesIn, syncFolder, writeDurably } from './files.ts';
import { MOVING } from './move-marks.ts';
import { PRIVATE, PUBLIC } from './photo-names.ts';
import { contentStamp, openPaths, PUBLIC_FILE, PUBLIC_FOLDER, SHELVES } from './photo-paths.ts';
import { checkedRawName, isOwner, parseRawName } from './raw-names.ts';
import type { RawPhotos } from './raw-photos.ts';

const ID_LENGTH = 36;

/** Photos in a folder, file by file. */
export function openRawFolder(folder: string): Omit<RawPhotos, 'takenBack'> {
  const { privateFolder, publicFolder, sealedPath } = openPaths(folder);
  const markFile = resolve(folder, MOVING);

  function pathOf(name: string): string {
    const { isPublic, owner, file } = checkedRawName(name);
    return isPublic ? join(publicFolder, owner, file) : sealedPath(owner, file);
  }

  return {
    async *names() {
      for (const shelf of SHELVES) {
        for (const file of await namesIn(join(privateFolder, shelf))) {
          const name = `${PRIVATE}${file.slice(0, ID_LENGTH)}/${file.slice(ID_LENGTH + 1)}`;
          if (parseRawName(name)) yield name;
        }
      }
      const owners = (await namesIn(publicFolder)).filter(isOwner);
      for (const owner of owners) {
        for (const file of await namesIn(join(publicFolder, owner))) {
          if (parseRawName(`${PUBLIC}${owner}/${file}`)) yield `${PUBLIC}${owner}/${file}`;
        }
      }
    },

    size: async (name) => (await unlessMissing(stat(pathOf(name))))?.size ?? null,

    async read(name) {
      const file = await unlessMissing(open(pathOf(name)));
      return file?.createReadStream() ?? null;
    },

    async write(name, content) {
      const path = pathOf(name);
      if (!name.startsWith(PUBLIC)) return writeDurably(path, content);
      await makeFolder(dirname(path), PUBLIC_FOLDER);
      const bytes = await buffer(content);
      await writeDurably(path, bytes, { mode: PUBLIC_FILE, stamp: contentStamp(bytes) });
      await syncFolder(publicFolder);
    },

    async remove(name) {
      const path = pathOf(name);
      await rm(path, { force: true });
      // A photo without public files has no folder among them.
      if (name.startsWith(PUBLIC)) await rmdir(dirname(path)).catch(() => undefined);
      await syncFolder(dirname(path)).catch(() => undefined);
    },

    mark: {
      read: () => unlessMissing(readFile(markFile, 'utf8')),
      set: (value) => writeDurably(markFile, Buffer.from(value)),
      drop: () => rm(markFile, { force: true }),
    },
  };
}

async function unlessMissing<T>(asked: Promise<T>): Promise<T | null> {
  return asked.catch((error: unknown) => (isMissing(error) ? null : Promise.reject(error)));
}
