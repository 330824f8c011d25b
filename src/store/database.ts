import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { BUSY_MS, connect, isDiskFull, keepPrivate, patiently } from './connection.ts';
import type { PrismaClient } from './generated/client.ts';
import { migrate, pendingMigrations } from './migrate.ts';
import { openPast } from './past.ts';
import { openReserve, type Reserve } from './reserve.ts';

/** A transaction: all of it is committed, or nothing. */
export type Transaction = Omit<
  PrismaClient,
  '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'
>;

export interface Database {
  /** Sees what is committed. Never writes. */
  read: PrismaClient;
  /** Runs `work` in a transaction; resolves when it is on the disk. */
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Grows with each committed transaction that changed what is public. */
  publicVersion(): number;
  /** Calls back with the ids of the submissions a committed transaction changed; returns how to stop. */
  onChange(listener: (ids: string[]) => void): () => void;
  /** Given up by itself when the disk is full. */
  reserve: Reserve;
  /** Throws when the database cannot be written. */
  proveWritable(): Promise<void>;
  close(): Promise<void>;
}

const PROBE = 'written-at';
const TRANSACTION_MS = { maxWait: 15_000, timeout: 15_000 };

const publicWork = new WeakSet<Transaction>();
const pastWork = new WeakSet<Transaction>();
const changedRows = new WeakMap<Transaction, Set<string>>();

/** Says that a transaction changes what is public. */
export function touchPublic(transaction: Transaction): void {
  publicWork.add(transaction);
}

/** Says that what a transaction overwrites must not live on anywhere. */
export function touchPast(transaction: Transaction): void {
  pastWork.add(transaction);
}

/** Says that a transaction changes what the desk shows of a submission. */
export function touchRow(transaction: Transaction, id: string): void {
  const known = changedRows.get(transaction);
  if (known) known.add(id);
  else changedRows.set(transaction, new Set([id]));
}

/**
 * Opens the database of `url` (`file:...`) and brings it up to the newest migration. Of its disk,
 * `reserveMb` megabytes are set aside for the day it is full.
 *
 * Two connections: Prisma's SQLite adapter runs whatever arrives on its one connection inside
 * whatever transaction is open there, so a write beside a transaction would be acknowledged
 * before it is committed, and lost with its rollback. Therefore all writes are transactions on
 * one connection, which queue, and reads have a connection of their own (WAL keeps it current).
 */
export async function openDatabase(url: string, reserveMb = 0): Promise<Database> {
  await keepPrivate(url);
  const adapter = new PrismaBetterSqlite3({ url, timeout: BUSY_MS });
  // The schema engine locks the whole file, so it is only asked when there is something to do.
  if (!(await isUpToDate(adapter))) await migrate(adapter);
  const writer = await patiently(() => connect(adapter));
  const reader = await patiently(() => connect(adapter));
  const past = openPast(writer);
  const reserve = openReserve(url, reserveMb);
  let publicVersion = 0;
  const listeners = new Set<(ids: string[]) => void>();

  async function write<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    let touched = false;
    let overwritten = false;
    let changed: Set<string> | undefined;
    const attempt = async (tx: Transaction) => {
      const result = await work(tx);
      touched = publicWork.has(tx);
      overwritten = pastWork.has(tx);
      changed = changedRows.get(tx);
      return result;
    };
    const result = await past.run(() =>
      patiently(() => withRoom(reserve, () => writer.$transaction(attempt, TRANSACTION_MS))),
    );
    if (touched) publicVersion++;
    if (overwritten) past.forget();
    if (changed) for (const listener of listeners) listener([...changed]);
    return result;
  }

  return {
    read: reader,
    write,
    reserve,
    publicVersion: () => publicVersion,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async proveWritable() {
      const value = String(Date.now());
      const row = { where: { key: PROBE }, create: { key: PROBE, value }, update: { value } };
      await write((tx) => tx.setting.upsert(row));
    },
    async close() {
      await past.forgotten();
      await Promise.all([writer.$disconnect(), reader.$disconnect()]);
    },
  };
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

async function isUpToDate(adapter: PrismaBetterSqlite3): Promise<boolean> {
  // Without a client of its own, for each compiles Prisma's query compiler anew.
  const connection = await adapter.connect();
  try {
    return (await patiently(() => pendingMigrations(connection))).length === 0;
  } finally {
    await connection.dispose();
  }
}
