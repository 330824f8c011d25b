import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { isDriverAdapterError } from '@prisma/driver-adapter-utils';
import { PrismaClient } from './generated/client.ts';
import { migrate, pendingMigrations } from './migrate.ts';

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
  /** Throws when the database cannot be written. */
  proveWritable(): Promise<void>;
  close(): Promise<void>;
}

/** How long a statement blocks on a lock of another process; then the wait goes on without blocking. */
const BUSY_MS = 50;
/** How long a write waits for a lock before the person is told to come back. */
const LOCK_PATIENCE_MS = 5_000;
const PRIVATE_FILE = 0o600;
const PROBE = 'written-at';
const TRANSACTION_MS = { maxWait: 15_000, timeout: 15_000 };

const publicWork = new WeakSet<Transaction>();
const changedRows = new WeakMap<Transaction, Set<string>>();

/** Says that a transaction changes what is public. */
export function touchPublic(transaction: Transaction): void {
  publicWork.add(transaction);
}

/** Says that a transaction changes what the desk shows of a submission. */
export function touchRow(transaction: Transaction, id: string): void {
  const known = changedRows.get(transaction);
  if (known) known.add(id);
  else changedRows.set(transaction, new Set([id]));
}

/**
 * Opens the database of `url` (`file:...`) and brings it up to the newest migration.
 *
 * Two connections: Prisma's SQLite adapter runs whatever arrives on its one connection inside
 * whatever transaction is open there, so a write beside a transaction would be acknowledged
 * before it is committed, and lost with its rollback. Therefore all writes are transactions on
 * one connection, which queue, and reads have a connection of their own (WAL keeps it current).
 */
export async function openDatabase(url: string): Promise<Database> {
  await keepPrivate(url);
  const adapter = new PrismaBetterSqlite3({ url, timeout: BUSY_MS });
  // The schema engine locks the whole file, so it is only asked when there is something to do.
  if (!(await isUpToDate(adapter))) await migrate(adapter);
  const writer = await patiently(() => connect(adapter));
  const reader = await patiently(() => connect(adapter));
  let publicVersion = 0;
  const listeners = new Set<(ids: string[]) => void>();

  async function write<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    let touched = false;
    let changed: Set<string> | undefined;
    const attempt = async (tx: Transaction) => {
      const result = await work(tx);
      touched = publicWork.has(tx);
      changed = changedRows.get(tx);
      return result;
    };
    const result = await patiently(() => writer.$transaction(attempt, TRANSACTION_MS));
    if (touched) publicVersion++;
    if (changed) for (const listener of listeners) listener([...changed]);
    return result;
  }

  return {
    read: reader,
    write,
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
      await Promise.all([writer.$disconnect(), reader.$disconnect()]);
    },
  };
}

/** Only the service's own user reads the file; SQLite gives its log and index the same mode. */
async function keepPrivate(url: string): Promise<void> {
  const file = await open(url.replace(/^file:/, ''), 'a', PRIVATE_FILE);
  await file.chmod(PRIVATE_FILE).finally(() => file.close());
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

/** Tries again while another process holds the lock. */
async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
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

/** SQLITE_BUSY as Prisma tells it: of its adapter, of its own queries, and of raw ones. */
function isLocked(error: unknown): boolean {
  if (isDriverAdapterError(error)) return error.cause.kind === 'SocketTimeout';
  const { code, message } = error as { code?: string; message?: string };
  return code === 'P1008' || (code === 'P2010' && message?.includes('SQLITE_BUSY') === true);
}
