import { randomBytes } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { databaseFile } from './address.ts';
import type { Reserve } from './engine.ts';
import { freeBytes, isMissing, writeDurably } from './files.ts';

const MEGABYTE = 1024 * 1024;
const FILE = '.reserve';
/** A reserve that took the last room would only bring nearer what it is there for. */
const ROOM = 2;

/** The reserve of the database of `url`, of so many megabytes; 0 is none. */
export function openReserve(url: string, megabytes: number): Reserve {
  const file = databaseFile(url) + FILE;
  const size = megabytes * MEGABYTE;
  return {
    async fill() {
      try {
        if (size === 0 || (await isThere(file))) return;
        if ((await freeBytes(dirname(file))) < size * ROOM) return;
        // Of random bytes: zeros may take no room at all.
        await writeDurably(file, randomBytes(size));
      } catch {
        // Another time.
      }
    },

    async release() {
      if (!(await isThere(file))) return false;
      await rm(file, { force: true });
      return true;
    },
  };
}

function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (error) => (isMissing(error) ? false : Promise.reject(error)),
  );
}
