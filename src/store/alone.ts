import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { isPostgresql } from './address.ts';
import { keepPrivate } from './sqlite.ts';

/**
 * Makes sure that no other process serves the database of `url`: a second one would take the
 * first one's uploads for leftovers of a crash. The lock lies beside the database and is the
 * operating system's, so it goes with the process, however that ends. Null when it is taken.
 * Any number of processes may serve one PostgreSQL.
 */
export async function serveAlone(url: string): Promise<{ release(): Promise<void> } | null> {
  if (isPostgresql(url)) return { release: async () => undefined };
  await keepPrivate(`${url}.lock`);
  const factory = new PrismaBetterSqlite3({ url: `${url}.lock`, timeout: 0 });
  const connection = await factory.connect();
  try {
    await connection.executeScript('BEGIN EXCLUSIVE');
  } catch {
    await connection.dispose();
    return null;
  }
  return { release: () => connection.dispose() };
}
