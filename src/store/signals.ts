import { setTimeout as sleep } from 'node:timers/promises';
import { hourOf } from './day.ts';
import type { Transaction } from './engine.ts';
import type { PrismaClient } from './generated/client.ts';

/** What a committed transaction changed, for whoever keeps something of it in memory. */
export interface Signal {
  isPublic: boolean;
  ids: string[];
}

const LOOK_MS = 500;
const HOUR_MS = 3_600_000;
/** After a pause as long as this a process has had time to ask for everything anew. */
const KEPT_HOURS = 2;

/** Tells the other processes, when the transaction is committed. */
export async function sendSignal(tx: Transaction, { isPublic, ids }: Signal): Promise<void> {
  await tx.signal.create({ data: { isPublic, ids, hour: hourOf(new Date()) } });
}

/** Forgets signals that everybody has heard. Returns how many. */
export async function forgetSignals(tx: Transaction, now: Date): Promise<number> {
  const hour = { lt: new Date(now.getTime() - KEPT_HOURS * HOUR_MS) };
  return (await tx.signal.deleteMany({ where: { hour } })).count;
}

/**
 * Calls back with the signals of all processes, half a second late, its own again included. While
 * the database cannot be asked anything may have changed, and that is what it says. Returns how to
 * stop; signals are numbered in the order they are committed, for writers take turns.
 */
export async function hearSignals(
  read: PrismaClient,
  hear: (signal: Signal) => void,
): Promise<() => Promise<void>> {
  const stopping = new AbortController();
  const newest = await read.signal.findFirst({ orderBy: { number: 'desc' } });
  let heard = newest?.number ?? 0;

  async function look(): Promise<void> {
    const where = { number: { gt: heard } };
    const signals = await read.signal.findMany({ where, orderBy: { number: 'asc' } });
    for (const { number, isPublic, ids } of signals) {
      heard = number;
      hear({ isPublic, ids: ids as string[] });
    }
  }

  const listening = (async () => {
    while (!stopping.signal.aborted) {
      await look().catch(() => hear({ isPublic: true, ids: [] }));
      await sleep(LOOK_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return () => {
    stopping.abort();
    return listening;
  };
}
