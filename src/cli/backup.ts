import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, readConfig, readEnvironment } from '../config.ts';
import { openKeys } from '../keys.ts';
import { CannotStart, openData, openTakenBackList } from '../resources.ts';
import { isPostgresql } from '../store/address.ts';
import type { Database } from '../store/database.ts';
import { type Mirrored, mirror } from '../store/mirror.ts';
import { snapshot } from '../store/snapshot.ts';
import { TAKEN_BACK } from '../store/taken-back-lists.ts';
import { UsageError } from './run.ts';

/** What a backup holds of the uploads folder. */
export const FOLDERS = ['private', 'public'] as const;
export const DATABASE = 'data.db';

/**
 * Copies rows and files as they stand at one moment into a new folder, while the service runs. What
 * lies in an object store stays there.
 */
export async function backup([folder = '', ...more]: string[]): Promise<void> {
  if (!folder || folder.startsWith('-') || more.length > 0) {
    throw new UsageError('npm run backup -- NEW_FOLDER');
  }
  if (existsSync(folder)) throw new CannotStart(`${folder} is there already.`);
  const config = readConfig(readEnvironment());
  refusePostgresql(config);
  const { database } = await openData(config, openKeys(config.secretKey));
  const unfinished = `${folder}.unfinished`;
  try {
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    const files = await copyAll(config, database, unfinished);
    await rename(unfinished, folder);
    console.log(`${folder} holds the database and ${files} files, sealed as they were.
Without SECRET_KEY it cannot be used; keep both, apart. Delete it once it is no longer needed:
photos that are withdrawn from now on are still in it.`);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  } finally {
    await database.close();
  }
}

/** PostgreSQL has better tools of its own. */
export function refusePostgresql({ databaseUrl }: Config): void {
  if (!isPostgresql(databaseUrl)) return;
  throw new CannotStart(`Backups of SQLite are made and restored by this command. PostgreSQL's are made with pg_dump;
copy the uploads folder after that, and restore with pg_restore while no process serves.`);
}

/** Most files before the moment that counts, while the service goes on; the rest in that moment. */
async function copyAll(config: Config, database: Database, to: string): Promise<number> {
  const { uploadsDir, photoStore } = config;
  const copied: Mirrored[] = [];
  const copyFiles = async () => {
    if (photoStore) return;
    for (const [i, name] of FOLDERS.entries()) {
      copied[i] = await mirror(join(uploadsDir, name), join(to, 'uploads', name), copied[i]);
    }
  };
  await copyFiles();
  await snapshot(database, join(to, DATABASE), copyFiles);
  const list = await openTakenBackList(config).read();
  if (list) await writeFile(join(to, TAKEN_BACK), list.join('\n'), { mode: 0o600 });
  return copied.reduce((sum, { size }) => sum + size, 0);
}
