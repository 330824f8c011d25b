import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropDatabase, makeDatabase } from './database.ts';
import { dropPhotoStore, makePhotoStore } from './photo-store.ts';

/** A folder for an installation, with its database and its bucket where they are not in it. */
export async function makeFolder(name = 'compete-'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), name));
  await Promise.all([makeDatabase(folder), makePhotoStore(folder)]);
  return folder;
}

export async function removeFolder(folder: string): Promise<void> {
  await Promise.all([dropDatabase(folder), dropPhotoStore(folder)]);
  await rm(folder, { recursive: true, force: true });
}
