import type { Database } from './database.ts';

/** Nothing waits longer than this for its next try; erasures and quiet hours do. */
const LONGEST_WAIT_MS = 60 * 60_000;

export interface Dates {
  /** Makes due what a clock that was ahead has put off: else it waits until the clock gets there. */
  mend(now: Date): Promise<void>;
}

export function openDates({ read, write }: Database): Dates {
  return {
    async mend(now) {
      const tooLate = { gt: new Date(now.getTime() + LONGEST_WAIT_MS) };
      // What people decided to erase keeps its days of grace.
      const tasks = { task: { not: 'erase' }, dueAt: tooLate };
      const putOff = [{ createdAt: tooLate }, { lastError: { not: null }, dueAt: tooLate }];
      const mails = { state: 'queued', OR: putOff };
      const calls = { dueAt: tooLate };
      const found = await Promise.all([
        read.submission.findFirst({ where: tasks, select: { id: true } }),
        read.outboxMessage.findFirst({ where: mails, select: { id: true } }),
        read.webhook.findFirst({ where: calls, select: { id: true } }),
        read.purge.findFirst({ where: calls, select: { submissionId: true } }),
      ]);
      if (!found.some(Boolean)) return;
      const data = { dueAt: now };
      await write(async (tx) => {
        await tx.submission.updateMany({ where: tasks, data });
        await tx.outboxMessage.updateMany({ where: mails, data });
        await tx.webhook.updateMany({ where: calls, data });
        await tx.purge.updateMany({ where: calls, data });
      });
    },
  };
}
