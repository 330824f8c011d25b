import { setTimeout as sleep } from 'node:timers/promises';
import type { PrismaClient } from './generated/client.ts';

/** Another process, such as a command, may be reading just then. */
const TRIES = 20;
const AGAIN_MS = 50;

/** What was overwritten lives on in SQLite's write-ahead log until that is written back. */
export interface Past {
  /** Runs a transaction of the writer; it waits while the log is being emptied. */
  run<T>(transaction: () => Promise<T>): Promise<T>;
  /** Empties the log behind the transactions that are open now. */
  forget(): void;
  /** Resolves when nothing of that is left to be done. */
  forgotten(): Promise<void>;
}

/** What a kill has left in the log goes at once. */
export function openPast(writer: PrismaClient): Past {
  const running = new Set<Promise<unknown>>();
  let turn: Promise<void> = Promise.resolve();
  let coming = false;

  /** A checkpoint cannot be made inside a transaction, and they follow each other without a gap. */
  async function empty(): Promise<void> {
    await Promise.allSettled(running);
    for (let tries = 0; tries < TRIES && !(await checkpoint(writer)); tries++)
      await sleep(AGAIN_MS);
    coming = false;
  }

  const past: Past = {
    async run(transaction) {
      for (let seen: Promise<void> | undefined; seen !== turn; await seen) seen = turn;
      const result = transaction();
      running.add(result);
      try {
        return await result;
      } finally {
        running.delete(result);
      }
    },
    forget() {
      if (coming) return;
      coming = true;
      turn = empty();
    },
    forgotten: () => turn,
  };
  past.forget();
  return past;
}

/** False when somebody reads or writes. */
async function checkpoint(writer: PrismaClient): Promise<boolean> {
  try {
    const [row] = await writer.$queryRawUnsafe<{ busy: number | bigint }[]>(
      'PRAGMA wal_checkpoint(TRUNCATE)',
    );
    return Number(row?.busy) === 0;
  } catch {
    return false;
  }
}
