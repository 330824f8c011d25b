import { existsSync } from 'node:fs';
import { copyFile, link, open, rm } from 'node:fs/promises';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { root } from '../root.ts';
import { databaseFile } from './address.ts';
import { sqliteCounters } from './counters.ts';
import type { Engine, Reserve } from './engine.ts';
import { PrismaClient } from './generated/client.ts';
import { findDamage } from './integrity.ts';
import { bringUpToDate } from './migrate.ts';
import { openPast } from './past.ts';
import { BUSY_MS, HOLD_MS, patiently, TRANSACTION_MS } from './patience.ts';
import { openReserve } from './reserve.ts';

const PRIVATE_FILE = 0o600;
/** What a new database begins as; made by the build. */
const FIRST = new URL('dist/first.db', root);

/**
 * The database in the file of `url`, with `reserveMb` megabytes set aside for the day its disk is full.
 *
 * Two connections: Prisma's SQLite adapter runs whatever arrives on its one connection inside
 * whatever transaction is open there, so a write beside a transaction would be acknowledged
 * before it is committed, and lost with its rollback. Therefore all writes are transactions on
 * one connection, which queue, and reads have a connection of their own (WAL keeps it current).
 */
export async function openSqlite(url: string, reserveMb: number): Promise<Engine> {
  await begin(databaseFile(url));
  await keepPrivate(url);
  const adapter = new PrismaBetterSqlite3({ url, timeout: BUSY_MS });
  await bringUpToDate(adapter);
  const writer = await patiently(() => connect(adapter));
  const reader = await patiently(() => connect(adapter));
  const past = openPast(writer);
  const reserve = openReserve(url, reserveMb);
  return {
    shared: false,
    reader,
    reserve,
    transact: (work) =>
      past.run(() =>
        patiently(() => withRoom(reserve, () => writer.$transaction(work, TRANSACTION_MS))),
      ),
    hold: (work) =>
      writer.$transaction(async (tx) => {
        // The first statement that could change something takes the lock.
        await tx.setting.deleteMany({ where: { key: '' } });
        return work(tx);
      }, HOLD_MS),
    counters: sqliteCounters(reader),
    forget: () => past.forget(),
    findDamage: () => findDamage(reader),
    async close() {
      await past.forgotten();
      await Promise.all([writer.$disconnect(), reader.$disconnect()]);
    },
  };
}

/**
 * A new database is a copy of one with all migrations: making them takes half of a first start.
 * It is whole or not there, and never laid over one that somebody else has begun meanwhile.
 */
async function begin(file: string): Promise<void> {
  if (existsSync(file) || !existsSync(FIRST)) return;
  const copy = `${file}.new`;
  try {
    await copyFile(FIRST, copy);
    const written = await open(copy, 'r+');
    await written.sync().finally(() => written.close());
    await link(copy, file);
    await rm(copy);
  } catch (error) {
    if (!existsSync(file)) throw error;
  }
}

/** Only the service's own user reads the file; SQLite gives its log and index the same mode. */
export async function keepPrivate(url: string): Promise<void> {
  const file = await open(databaseFile(url), 'a', PRIVATE_FILE);
  await file.chmod(PRIVATE_FILE).finally(() => file.close());
}

async function connect(adapter: PrismaBetterSqlite3): Promise<PrismaClient> {
  const client = new PrismaClient({ adapter, errorFormat: 'minimal' });
  await client.$queryRawUnsafe('PRAGMA journal_mode = WAL');
  // The driver is compiled with NORMAL, which may forget an acknowledged photo in a power cut.
  await client.$queryRawUnsafe('PRAGMA synchronous = FULL');
  await client.$queryRawUnsafe('PRAGMA foreign_keys = ON');
  // Deleted rows are overwritten: a seized disk has no trace of them.
  await client.$queryRawUnsafe('PRAGMA secure_delete = ON');
  return client;
}

/** On a full disk it is done in the room of the reserve; without one it fails as `ENOSPC`. */
async function withRoom<T>(reserve: Reserve, attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (cause) {
      if (!isDiskFull(cause)) throw cause;
      if (await reserve.release()) continue;
      throw Object.assign(new Error('The disk of the database is full', { cause }), {
        code: 'ENOSPC',
      });
    }
  }
}

/** SQLITE_FULL as Prisma tells it. */
function isDiskFull(error: unknown): boolean {
  return error instanceof Error && error.message.includes('database or disk is full');
}
