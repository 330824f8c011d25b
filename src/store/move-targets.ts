import { constants, existsSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { isDriverAdapterError, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { databaseFile, isPostgresql } from './address.ts';
import { MOVING } from './move-marks.ts';
import type { RawPhotos } from './raw-photos.ts';

/** What is found where something is to be moved: nothing, an installation, or a part of the move `begun`. */
export type Found = 'nothing' | 'something' | { begun: string };

/** Looks at a database without changing it. Throws when it cannot be reached. */
export async function lookAtDatabase(url: string): Promise<Found> {
  if (!isPostgresql(url) && !existsSync(databaseFile(url))) {
    await access(dirname(databaseFile(url)), constants.W_OK);
    return 'nothing';
  }
  return onConnection(url, async (connection) => {
    const settings = await ask(connection, 'SELECT "key", "value" FROM "Setting"');
    const mark = settings?.find(([key]) => key === MOVING);
    if (mark) return { begun: String(mark[1]) };
    return settings && settings.length > 0 ? 'something' : 'nothing';
  });
}

/** Looks at a photo store without changing it. Throws when it cannot be reached. */
export async function lookAtPhotos(photos: RawPhotos): Promise<Found> {
  const begun = await photos.mark.read();
  if (begun !== null) return { begun };
  if (await photos.takenBack.read()) return 'something';
  for await (const _ of photos.names()) return 'something';
  return 'nothing';
}

/** How many others are connected to a PostgreSQL database; nobody is to SQLite's that way. */
export async function countOthers(url: string): Promise<number> {
  if (!isPostgresql(url)) return 0;
  return onConnection(url, async (connection) => {
    const sql = `SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database()
      AND backend_type = 'client backend' AND pid <> pg_backend_pid()`;
    return Number((await ask(connection, sql))?.[0]?.[0] ?? 0);
  });
}

async function onConnection<T>(
  url: string,
  work: (connection: SqlDriverAdapter) => Promise<T>,
): Promise<T> {
  const connection = await connect(url);
  try {
    return await work(connection);
  } finally {
    await connection.dispose();
  }
}

async function connect(url: string): Promise<SqlDriverAdapter> {
  if (!isPostgresql(url)) return new PrismaBetterSqlite3({ url }).connect();
  const { openAdapter } = await import('./postgresql-adapter.ts');
  return openAdapter(url, 1).connect();
}

/** Null when there is no such table. */
async function ask(connection: SqlDriverAdapter, sql: string): Promise<unknown[][] | null> {
  try {
    return (await connection.queryRaw({ sql, args: [], argTypes: [] })).rows;
  } catch (error) {
    if (isDriverAdapterError(error) && error.cause.kind === 'TableDoesNotExist') return null;
    throw error;
  }
}
