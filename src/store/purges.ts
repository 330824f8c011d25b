import type { Database, Transaction } from './database.ts';

/** Addresses of a photo that caches between us and readers are to forget. */
export interface Purge {
  submissionId: string;
  /** Calls that failed. */
  attempts: number;
  /** Stands for whoever took it: another one, or another reason to purge, makes it another. */
  dueAt: Date;
}

/** What caches have still to be told; a row of each photo, until a call succeeds. */
export interface Purges {
  /** Takes the next one for `leaseMs`; null when none is due. */
  claim(now: Date, leaseMs: number): Promise<Purge | null>;
  /** The caches know. It stays when there was another reason meanwhile. */
  finish(purge: Purge): Promise<void>;
  postpone(purge: Purge, dueAt: Date, attempts: number): Promise<void>;
  /** For who has no caches to tell. Returns how many were waiting. */
  discard(): Promise<number>;
}

/** Before any clock of ours. */
const AT_ONCE = new Date(0);

/** Queues a photo that leaves the public, or changes there. */
export async function queuePurge(tx: Transaction, submissionId: string): Promise<void> {
  const again = { dueAt: AT_ONCE, attempts: 0 };
  const create = { submissionId, ...again };
  await tx.purge.upsert({ where: { submissionId }, create, update: again });
}

export function openPurges({ read, write }: Database): Purges {
  return {
    async claim(now, leaseMs) {
      const next = { where: { dueAt: { lte: now } }, orderBy: { dueAt: 'asc' } } as const;
      if (!(await read.purge.findFirst(next))) return null;
      return write(async (tx) => {
        const found = await tx.purge.findFirst(next);
        if (!found) return null;
        const dueAt = new Date(now.getTime() + leaseMs);
        const { submissionId, attempts } = found;
        const where = { submissionId, dueAt: found.dueAt };
        const { count } = await tx.purge.updateMany({ where, data: { dueAt } });
        return count === 0 ? null : { submissionId, attempts, dueAt };
      });
    },

    async finish({ submissionId, dueAt }) {
      await write((tx) => tx.purge.deleteMany({ where: { submissionId, dueAt } }));
    },

    async postpone({ submissionId, dueAt }, later, attempts) {
      const data = { dueAt: later, attempts };
      await write((tx) => tx.purge.updateMany({ where: { submissionId, dueAt }, data }));
    },

    async discard() {
      if (!(await read.purge.findFirst())) return 0;
      return (await write((tx) => tx.purge.deleteMany())).count;
    },
  };
}
