import { copyFile, link, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isMissing, isUnfinished } from './files.ts';

/** Files as they were copied, by their path below the folder; a number tells one from its successor. */
export type Mirrored = Map<string, number>;

/**
 * Makes `to` hold the finished files of `from` for which `wanted`, and none else. Done again with
 * what the last time returned, only what has changed since is touched. Files are linked where one
 * disk holds both (they are never changed in place), copied elsewhere.
 */
export async function mirror(
  from: string,
  to: string,
  mirrored: Mirrored = new Map(),
  wanted: (path: string) => boolean = () => true,
): Promise<Mirrored> {
  const found: Mirrored = new Map();
  await mkdir(to, { recursive: true, mode: (await stat(from)).mode });
  for (const path of (await filesIn(from)).filter(wanted)) {
    const number = await unlessGone(() =>
      take(join(from, path), join(to, path), mirrored.get(path)),
    );
    if (number !== null) found.set(path, number);
  }
  for (const path of await filesIn(to)) if (!found.has(path)) await rm(join(to, path));
  return found;
}

/** Copies a file unless it is the one that was copied before; returns its number. */
async function take(source: string, target: string, known: number | undefined): Promise<number> {
  const { ino } = await stat(source);
  if (ino === known) return ino;
  await mkdir(dirname(target), { recursive: true, mode: (await stat(dirname(source))).mode });
  await rm(target, { force: true });
  await link(source, target).catch(() => copyFile(source, target));
  return ino;
}

/** Null when what was to be read went away meanwhile. */
async function unlessGone<T>(act: () => Promise<T>): Promise<T | null> {
  return act().catch((error: unknown) => (isMissing(error) ? null : Promise.reject(error)));
}

/** Read again when a folder went away while it was being read. */
async function filesIn(folder: string): Promise<string[]> {
  for (;;) {
    const options = { recursive: true, withFileTypes: true } as const;
    const entries = await unlessGone(() => readdir(folder, options));
    if (!entries) continue;
    return entries
      .filter((entry) => entry.isFile() && !isUnfinished(entry.name))
      .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
  }
}
