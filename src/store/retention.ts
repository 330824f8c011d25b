import type { RefusalCode } from '../submission/refusals.ts';
import { type Change, change, ERASED, forget, nextTask } from './change.ts';
import type { Database, Transaction } from './database.ts';
import type { SubmissionWhereInput } from './generated/models.ts';
import { asRow, type SubmissionRow } from './rows.ts';

/** Why what was not published is destroyed before its time; the receipt says so. */
export type EndReason = Extract<RefusalCode, `campaign-${string}`>;

/** What is kept no longer once a campaign is over. */
export interface Retention {
  /** Photos whose erasure is due: rejected, only counted, refused or withdrawn ones. */
  countDue(now: Date): Promise<number>;
  /** Photos that are held and not public. */
  countUnpublished(now: Date): Promise<number>;
  /** The same where a campaign was stopped: approved photos stay sealed. */
  endUndecided(limit: number, now: Date): Promise<number>;
  /** Orders the erasure of the next `limit` of them at once, and forgets their senders. Returns how many. */
  endUnpublished(reason: EndReason, limit: number, now: Date): Promise<number>;
}

export function openRetention({ read, write }: Database): Retention {
  return {
    countDue: (now) => read.submission.count({ where: { task: 'erase', dueAt: { lte: now } } }),

    countUnpublished: (now) => read.submission.count({ where: unpublished(now) }),

    endUndecided: (limit, now) => endAll(undecided(now), 'campaign-stopped', limit, now),
    endUnpublished: (reason, limit, now) => endAll(unpublished(now), reason, limit, now),
  };

  function endAll(where: SubmissionWhereInput, reason: EndReason, limit: number, now: Date) {
    return write(async (tx) => {
      const rows = await tx.submission.findMany({ where, take: limit });
      for (const row of rows) await end(tx, asRow(row), reason, now);
      return rows.length;
    });
  }
}

function undecided(now: Date): SubmissionWhereInput {
  const quarantined = { held: true, task: 'erase', dueAt: { gt: now } };
  return {
    OR: [
      { state: { in: ['received', 'waiting'] } },
      { state: { in: ['approved', 'rejected'] }, ...quarantined },
    ],
  };
}

/** Public, on the way there, or about to be erased: everything else that is held. */
function unpublished(now: Date): SubmissionWhereInput {
  const hidden = { state: 'approved', held: true, pictureMonth: null, task: null };
  return { OR: [undecided(now), hidden] };
}

/** A decision that was made stays known; what nobody decided about is refused. */
async function end(
  tx: Transaction,
  row: SubmissionRow,
  reason: EndReason,
  now: Date,
): Promise<void> {
  const { task } = row;
  const decided = task === 'erase' || row.state === 'rejected';
  const values: Change = decided ? {} : { ...ERASED, state: 'refused', reason };
  const version = row.version + 1;
  const keyless = { idempotencyHash: null };
  await change(tx, row, { ...values, ...keyless, version, ...nextTask('erase', now) });
  await forget(tx, row.id);
}
