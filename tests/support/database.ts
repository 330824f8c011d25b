import { rmSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Embassy } from '../../src/campaign/embassies.ts';
import { type Keys, openKeys } from '../../src/keys.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { loadEmbassies } from '../../src/store/embassies.ts';
import { openStore, type Store } from '../../src/store/store.ts';

export const keys: Keys = openKeys('tests-only-0123456789-abcdefghijklmnopqrstuvwxyz');

/** As the service has it by default. */
export const BRAKE_PHOTOS = 50;

/** A real, migrated database of a test's own. */
export interface TestStore {
  database: Database;
  store: Store;
  embassies: ReadonlyMap<string, Embassy>;
  /** Where the database lies; anything else a test needs may lie there too. */
  folder: string;
  dispose(): Promise<void>;
}

let template: Promise<string> | undefined;

/** Opens a copy of an empty migrated database: migrating once is enough for all tests of a file. */
export async function openTestStore(digestMinutes = 30): Promise<TestStore> {
  template ??= makeTemplate();
  const folder = await mkdtemp(join(tmpdir(), 'compete-store-'));
  const file = join(folder, 'data.db');
  await copyFile(await template, file);
  const database = await openDatabase(`file:${file}`);
  return {
    database,
    store: openStore(database, keys, { digestMinutes, brakePhotos: BRAKE_PHOTOS }),
    embassies: await loadEmbassies(database),
    folder,
    async dispose() {
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Closing writes the log back into the one file that is copied. */
async function makeTemplate(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'compete-template-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'template.db');
  const database = await openDatabase(`file:${file}`);
  await loadEmbassies(database);
  await database.close();
  return file;
}
