import { Refusal } from '../submission/refusals.ts';
import type { Database, Transaction } from './database.ts';

/**
 * Files that have no row yet, where several processes share rows and files: whose they are cannot
 * be read from the files. A file is announced before it is written, and whoever writes it says
 * again and again that it is still coming. One that nobody speaks for is given up, and from then on
 * no row can be made for it: so its files can go, however late its writer wakes up.
 * Where one process has rows and files to itself, nothing of this is needed, nor done.
 */
export interface Arrivals {
  /** A file of `id` will come, and somebody speaks for it until `until`. */
  announce(id: string, until: Date): Promise<void>;
  /** They are still coming. */
  prolong(ids: string[], until: Date): Promise<void>;
  /** Nothing of it is left. */
  end(id: string): Promise<void>;
  /** A file was found that has no row: unless somebody speaks for it, it is given up at `until`. */
  suspect(id: string, until: Date): Promise<void>;
  /** Gives up what nobody speaks for; returns all ids whose files are to be erased now. */
  giveUp(now: Date): Promise<string[]>;
  /** The files of one that was given up are gone. */
  erased(id: string): Promise<void>;
}

/** Seconds after which somebody whose file was given up may send it again. */
const COME_BACK = 5;
/** Nobody's connection outlives it: no row can come any more. */
const REMEMBERED_MS = 24 * 3_600_000;

export function openArrivals({ write, read, beside, shared }: Database): Arrivals {
  if (!shared) return NONE;
  return {
    announce: (id, until) =>
      beside(async ({ arrival }) => {
        await arrival.upsert({ where: { id }, create: { id, until }, update: { until } });
      }),

    prolong: (ids, until) =>
      beside(async ({ arrival }) => {
        await arrival.updateMany({ where: { id: { in: ids }, state: 'coming' }, data: { until } });
      }),

    end: (id) => beside(async ({ arrival }) => void (await arrival.deleteMany({ where: { id } }))),

    suspect: (id, until) =>
      write(async (tx) => {
        if ((await tx.submission.count({ where: { id } })) > 0) return;
        await tx.arrival.upsert({ where: { id }, create: { id, until }, update: {} });
        const again = { where: { id, state: 'erased' }, data: { state: 'given-up' } };
        await tx.arrival.updateMany(again);
      }),

    async giveUp(now) {
      const late = { state: { not: 'erased' }, until: { lt: now } };
      // Mostly there is nothing; looking does not take the turn of a write.
      if ((await read.arrival.count({ where: late })) === 0) return [];
      return write(async (tx) => {
        await tx.arrival.updateMany({ where: late, data: { state: 'given-up' } });
        const found = await tx.arrival.findMany({ where: { state: 'given-up' } });
        return found.map(({ id }) => id);
      });
    },

    erased: (id) =>
      beside(async ({ arrival }) => {
        await arrival.updateMany({ where: { id }, data: { state: 'erased' } });
      }),
  };
}

const nothing = async () => undefined;
const NONE: Arrivals = {
  announce: nothing,
  prolong: nothing,
  end: nothing,
  suspect: nothing,
  giveUp: async () => [],
  erased: nothing,
};

/** The file of `id` gets its row. Throws `busy` when it was given up: it is gone, or about to go. */
export async function arrive(tx: Transaction, id: string): Promise<void> {
  await tx.arrival.deleteMany({ where: { id, state: 'coming' } });
  if ((await tx.arrival.count({ where: { id } })) === 0) return;
  throw new Refusal('busy', { retryAfter: COME_BACK });
}

/** Forgets what was given up long ago. Returns how many. */
export async function forgetArrivals(tx: Transaction, now: Date): Promise<number> {
  const until = { lt: new Date(now.getTime() - REMEMBERED_MS) };
  return (await tx.arrival.deleteMany({ where: { state: 'erased', until } })).count;
}
