import { randomUUID } from 'node:crypto';
import type { Database } from './database.ts';
import type { Job } from './jobs.ts';
import { freeAt } from './lease.ts';
import { asRow } from './rows.ts';

/** Who works on a submission, whatever the task. */
export interface Leases {
  /** Prolongs a lease. False when it is somebody else's by now. */
  renew(job: Pick<Job, 'row' | 'lease'>, until: Date): Promise<boolean>;
  /** Takes a submission that nobody works on, task or not; null while somebody does. */
  take(id: string, now: Date, until: Date): Promise<Pick<Job, 'row' | 'lease'> | null>;
}

export function openLeases({ write, beside }: Database): Leases {
  return {
    renew: ({ row: { id }, lease: leaseToken }, leaseUntil) =>
      beside(async (rows) => {
        const where = { id, leaseToken };
        return (await rows.submission.updateMany({ where, data: { leaseUntil } })).count > 0;
      }),

    take: (id, now, leaseUntil) =>
      write(async (tx) => {
        const found = await tx.submission.findFirst({ where: { id, OR: freeAt(now) } });
        if (!found) return null;
        const lease = randomUUID();
        await tx.submission.update({ where: { id }, data: { leaseToken: lease, leaseUntil } });
        return { row: asRow(found), lease };
      }),
  };
}
