import { createHash } from 'node:crypto';
import type { RawPhotos } from './raw-photos.ts';
import { openSum } from './table-rows.ts';
import type { TakenBackList } from './taken-back-lists.ts';

/** Files under way at once: one of a large photo is held in parts of five megabytes. */
const LANES = 8;

export interface MovedPhotos {
  /** Files there are, the same on both sides. */
  files: number;
  /** Over the names and contents of all. */
  hash: string;
}

/** A file is not the same on both sides, though it was copied. */
export class NotTheSame extends Error {
  override readonly name = 'NotTheSame';
}

/**
 * Copies files of another size, or all that are missing, while photos come and go, and takes away
 * what the source has no more. It may be killed at any moment and begun again.
 */
export async function copyAhead(source: RawPhotos, target: RawPhotos, told: () => void) {
  await eachOf(source.names(), async (name) => {
    const [mine, theirs] = await Promise.all([source.size(name), target.size(name)]);
    if (mine !== theirs) await copy(source, target, name);
    told();
  });
  await removeOthers(source, target);
  await moveList(source.takenBack, target.takenBack);
}

/**
 * Makes the target hold just the files of the source, and proves it by reading each of them on both
 * sides. Nobody may be writing to either. Throws `NotTheSame`.
 */
export async function movePhotos(
  source: RawPhotos,
  target: RawPhotos,
  told: () => void,
): Promise<MovedPhotos> {
  const sum = openSum();
  let files = 0;
  await removeOthers(source, target);
  await eachOf(source.names(), async (name) => {
    const hash = await moveOne(source, target, name);
    sum.add(`${name} ${hash}`);
    files++;
    told();
  });
  const there = await countFiles(target);
  if (there !== files) throw new NotTheSame(`The target has ${there} files instead of ${files}.`);
  await moveList(source.takenBack, target.takenBack);
  return { files, hash: sum.hex() };
}

/** Returns the hash of the file, read back from the target. */
async function moveOne(source: RawPhotos, target: RawPhotos, name: string): Promise<string> {
  const [mine, theirs] = await Promise.all([hashOf(source, name), hashOf(target, name)]);
  if (mine === null) throw new NotTheSame(`${name} went away: somebody works on the source.`);
  if (mine === theirs) return mine;
  await copy(source, target, name);
  if ((await hashOf(target, name)) !== mine) {
    throw new NotTheSame(`${name} was copied and is not the same.`);
  }
  return mine;
}

async function hashOf(photos: RawPhotos, name: string): Promise<string | null> {
  const content = await photos.read(name);
  if (!content) return null;
  const hash = createHash('sha256');
  for await (const chunk of content) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** What went away meanwhile was taken back. */
async function copy(source: RawPhotos, target: RawPhotos, name: string): Promise<void> {
  const content = await source.read(name);
  if (content) await target.write(name, content);
}

async function removeOthers(source: RawPhotos, target: RawPhotos): Promise<void> {
  await eachOf(target.names(), async (name) => {
    if ((await source.size(name)) === null) await target.remove(name);
  });
}

/** The list of what was taken back is only ever added to. */
async function moveList(source: TakenBackList, target: TakenBackList): Promise<void> {
  const [mine, theirs] = [await source.read(), await target.read()];
  if (!mine) return;
  const known = new Set(theirs);
  const missing = mine.filter((line) => line.includes(' ') && !known.has(line));
  if (missing.length > 0 || !theirs) await target.append(missing);
}

export async function countFiles(photos: RawPhotos): Promise<number> {
  let count = 0;
  for await (const _ of photos.names()) count++;
  return count;
}

/** Does `act` for each of `names`, some at once. */
async function eachOf(
  names: AsyncGenerator<string>,
  act: (name: string) => Promise<void>,
): Promise<void> {
  let failed = false;
  async function lane(): Promise<void> {
    while (!failed) {
      const { value, done } = await names.next();
      if (done) return;
      await act(value);
    }
  }
  const lanes = Array.from({ length: LANES }, () =>
    lane().catch((error: unknown) => {
      failed = true;
      throw error;
    }),
  );
  const outcomes = await Promise.allSettled(lanes);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
