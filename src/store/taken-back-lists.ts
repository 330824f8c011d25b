import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bucket, collect } from './bucket.ts';
import { isMissing } from './files.ts';

/** Where the list of what was taken back lies. Lines are only ever added. */
export interface TakenBackList {
  /** All lines, in any order; null when there is no list. */
  read(): Promise<string[] | null>;
  /** Durable when it resolves; with no lines, there is a list afterwards. */
  append(lines: string[]): Promise<void>;
}

/** File of a folder, and start of keys in a bucket. */
export const TAKEN_BACK = 'taken-back';
const PRIVATE_FILE = 0o600;
const KEYS = `${TAKEN_BACK}/`;
/** Tells that there is a list, though nothing may stand in it. */
const MARK = `${KEYS}list`;
/** What the objects hold; all is said by their names. */
const SOMETHING = Buffer.from('1');
/** Puts under way at once. */
const LANES = 16;

/** A file beside the photos, a line each. */
export function listInFolder(folder: string): TakenBackList {
  const file = join(folder, TAKEN_BACK);
  return {
    read: () => readLines(file),

    async append(lines) {
      const list = await open(file, 'a', PRIVATE_FILE);
      try {
        await list.appendFile(lines.map((line) => `${line}\n`).join(''));
        await list.sync();
      } finally {
        await list.close();
      }
    },
  };
}

/** The lines of a file; null when it is not there. */
export async function readLines(file: string): Promise<string[] | null> {
  try {
    return (await readFile(file, 'utf8')).split('\n');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/**
 * An object for each line, named by it: objects cannot be added to, and so any number of processes
 * may write without knowing of each other.
 */
export function listInBucket(bucket: Bucket): TakenBackList {
  return {
    async read() {
      const keys = await collect(bucket.keys(KEYS));
      const lines = keys.map((key) => key.slice(KEYS.length).replace('/', ' '));
      return lines.length > 0 ? lines : null;
    },

    async append(lines) {
      const named = lines.map((line) => KEYS + line.replace(' ', '/'));
      const keys = named.length > 0 ? named : [MARK];
      for (let at = 0; at < keys.length; at += LANES) {
        await Promise.all(keys.slice(at, at + LANES).map((key) => bucket.put(key, SOMETHING)));
      }
    },
  };
}
