import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

/** Files that are being written carry this ending; what a crash leaves behind is found by it. */
const UNFINISHED = '.part';

/** Nobody but the service reads what it stores. */
const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;

/**
 * Makes `path` hold exactly `content`, or leaves nothing: a file of another name is written,
 * synced and renamed, and the folder synced, so that a power cut shows the whole file or none.
 * Returns only when the file is durable. Its times say nothing: they are set to `stamp` (seconds).
 */
export async function writeDurably(
  path: string,
  content: Buffer | Readable,
  { mode = PRIVATE_FILE, stamp = 0 } = {},
): Promise<void> {
  const part = `${path}.${randomBytes(6).toString('hex')}${UNFINISHED}`;
  try {
    const file = await open(part, 'wx', mode);
    try {
      await writeFile(file, content);
      await file.utimes(stamp, stamp);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path).catch(givenUp);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Another process has taken the unfinished file away: its writer was not heard of for too long. */
function givenUp(error: unknown): never {
  throw isMissing(error) ? Object.assign(error as Error, { code: 'ESTALE' }) : error;
}

/** Makes additions to and removals from a folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function makeFolder(folder: string, mode = PRIVATE_FOLDER): Promise<void> {
  await mkdir(folder, { recursive: true, mode });
}

/** Makes the missing ones of many folders in `parent`. */
export async function makeFolders(parent: string, names: string[]): Promise<void> {
  const known = new Set(await namesIn(parent));
  const missing = names.filter((name) => !known.has(name));
  await Promise.all(missing.map((name) => makeFolder(join(parent, name))));
}

/** Names in a folder; none when it does not exist. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

export function isUnfinished(name: string): boolean {
  return name.endsWith(UNFINISHED);
}

/** Removes what was being written in a folder and has not been touched for `idleMs`. */
export async function removeUnfinished(folder: string, idleMs: number): Promise<void> {
  for (const name of (await namesIn(folder)).filter(isUnfinished)) {
    const path = join(folder, name);
    const touched = (await stat(path)).ctimeMs;
    if (touched <= Date.now() - idleMs) await rm(path, { force: true });
  }
}

export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/** Those of `paths` that users other than their owner may open. What is missing is nobody's. */
export async function openToOthers(paths: string[]): Promise<string[]> {
  const modes = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        ({ mode }) => mode,
        (error) => (isMissing(error) ? 0 : Promise.reject(error)),
      ),
    ),
  );
  return paths.filter((_, i) => ((modes[i] ?? 0) & 0o077) !== 0);
}

/** Writes and removes a file: throws when the folder cannot take one. */
export async function proveWritable(folder: string): Promise<void> {
  const probe = join(folder, `probe.${randomBytes(6).toString('hex')}${UNFINISHED}`);
  const file = await open(probe, 'wx', PRIVATE_FILE);
  await file.close();
  await rm(probe);
}

/** What a user without special rights may still write to the disk of a folder. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
