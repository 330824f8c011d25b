import { rmSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Embassy } from '../../src/campaign/embassies.ts';
import { type Keys, openKeys } from '../../src/keys.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { loadEmbassies } from '../../src/store/embassies.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { onSqlite, SERVER } from './engines.ts';
import { TEMPLATE } from './engines-setup.ts';
import { tell } from './postgresql.ts';

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
  const folder = await mkdtemp(join(tmpdir(), 'compete-store-'));
  if (onSqlite) {
    template ??= makeTemplate();
    await copyFile(await template, join(folder, 'data.db'));
  } else await makeDatabase(folder);
  const database = await openDatabase(databaseUrl(folder));
  return {
    database,
    store: openStore(database, keys, { digestMinutes, brakePhotos: BRAKE_PHOTOS }),
    embassies: await loadEmbassies(database),
    folder,
    async dispose() {
      await database.close();
      await dropDatabase(folder);
      await rm(folder, { recursive: true });
    },
  };
}

/** The address of the database that belongs to a test's folder. */
export function databaseUrl(folder: string): string {
  return SERVER?.replace('{name}', basename(folder)) ?? `file:${folder}/data.db`;
}

/** SQLite's goes with its folder. */
export async function dropDatabase(folder: string): Promise<void> {
  if (!onSqlite) await tellServer(`DROP DATABASE IF EXISTS "${basename(folder)}" WITH (FORCE)`);
}

/** Makes the migrated database that belongs to a test's folder. What is started there makes SQLite's. */
export async function makeDatabase(folder: string): Promise<void> {
  const name = basename(folder);
  if (!onSqlite) await tellServer(`CREATE DATABASE "${name}" TEMPLATE "${TEMPLATE}"`);
}

function tellServer(sql: string): Promise<void> {
  return tell(SERVER?.replace('{name}', 'postgres') ?? '', sql);
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
