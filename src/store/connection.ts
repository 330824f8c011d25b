import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { isDriverAdapterError } from '@prisma/driver-adapter-utils';
import { PrismaClient } from './generated/client.ts';

/** How long a statement blocks on a lock of another process; then the wait goes on without blocking. */
export const BUSY_MS = 50;
/** How long a write waits for a lock before the person is told to come back. */
const LOCK_PATIENCE_MS = 5_000;
const PRIVATE_FILE = 0o600;

/** Only the service's own user reads the file; SQLite gives its log and index the same mode. */
export async function keepPrivate(url: string): Promise<void> {
  const file = await open(url.replace(/^file:/, ''), 'a', PRIVATE_FILE);
  await file.chmod(PRIVATE_FILE).finally(() => file.close());
}

export async function connect(adapter: PrismaBetterSqlite3): Promise<PrismaClient> {
  const client = new PrismaClient({ adapter, errorFormat: 'minimal' });
  await client.$queryRawUnsafe('PRAGMA journal_mode = WAL');
  // The driver is compiled with NORMAL, which may forget an acknowledged photo in a power cut.
  await client.$queryRawUnsafe('PRAGMA synchronous = FULL');
  await client.$queryRawUnsafe('PRAGMA foreign_keys = ON');
  // Deleted rows are overwritten: a seized disk has no trace of them.
  await client.$queryRawUnsafe('PRAGMA secure_delete = ON');
  return client;
}

/** Tries again while another process holds the lock. */
export async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
  const patienceEnds = Date.now() + LOCK_PATIENCE_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isLocked(error) || Date.now() > patienceEnds) throw error;
      await sleep(BUSY_MS);
    }
  }
}

/** SQLITE_FULL as Prisma tells it. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && error.message.includes('database or disk is full');
}

/** SQLITE_BUSY as Prisma tells it: of its adapter, of its own queries, and of raw ones. */
function isLocked(error: unknown): boolean {
  if (isDriverAdapterError(error)) return error.cause.kind === 'SocketTimeout';
  const { code, message } = error as { code?: string; message?: string };
  return code === 'P1008' || (code === 'P2010' && message?.includes('SQLITE_BUSY') === true);
}
