import { isPostgresql } from './address.ts';
import type { Counters } from './counters.ts';
import type { PrismaClient } from './generated/client.ts';
import { openSqlite } from './sqlite.ts';

/** A transaction: all of it is committed, or nothing. */
export type Transaction = Omit<
  PrismaClient,
  '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'
>;

/** What the two kinds of database do each in their own way. */
export interface Engine {
  /** Whether other processes may change the same rows. */
  shared: boolean;
  /** Sees what is committed. */
  reader: PrismaClient;
  /**
   * Runs `work` in a transaction, one at a time, and again where the database could not be had and
   * nothing of it was committed. Fails as `P1008` when that goes on.
   */
  transact<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Runs `work` while nobody else can write, however long that takes. */
  hold<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** The numbers it gives to rows. */
  counters: Counters;
  /** Empties what the engine remembers of rows as they were before they were overwritten. */
  forget(): void;
  /** Room that is given up when the disk is full. */
  reserve: Reserve;
  /** What the engine itself finds broken. Nothing when all is well. */
  findDamage(): Promise<string[]>;
  close(): Promise<void>;
}

/** Room beside the database that is given up when the disk is full: deleting needs some, too. */
export interface Reserve {
  /** Makes it again where there is room for it and more. Never throws. */
  fill(): Promise<void>;
  /** Gives it up. False when there was none. */
  release(): Promise<boolean>;
}

export interface EngineOptions {
  /** Megabytes set aside on SQLite's disk for the day it is full. */
  reserveMb: number;
  /** Connections for reading from PostgreSQL. */
  pool: number;
}

/** Opens the database of `url` and brings it up to the newest migration. */
export async function openEngine(url: string, options: EngineOptions): Promise<Engine> {
  if (!isPostgresql(url)) return openSqlite(url, options.reserveMb);
  // Loaded by who uses it only: it brings a query compiler of its own.
  const { openPostgresql } = await import('./postgresql.ts');
  return openPostgresql(url, options.pool);
}
