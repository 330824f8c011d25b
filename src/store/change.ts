import { rememberNews } from './changes.ts';
import { type Transaction, touchPast, touchPublic, touchRow } from './database.ts';
import { Prisma, type Submission } from './generated/client.ts';
import type { SubmissionUncheckedUpdateManyInput } from './generated/models.ts';
import { dropMosaic } from './mosaic.ts';
import type { SubmissionRow } from './rows.ts';
import { moveTally } from './standing.ts';

type JsonColumn = 'covers' | 'facts' | 'checks' | 'criteria' | 'renditions';

/** New values of columns; increments and the like would hide what the row becomes. */
export type Change = Partial<Omit<Submission, JsonColumn>> &
  Partial<Record<JsonColumn, Prisma.InputJsonValue | typeof Prisma.DbNull>>;

/** What a supporter or the picture tells: once overwritten it is nowhere any more. */
const TELLING = ['facts', 'name', 'message', 'city', 'alt'] as const;

/**
 * The one way a stored submission changes: compare-and-set against the row that was read, the
 * tallies and what mirrors hear of kept in step. False, with nothing changed, when somebody else changed it meanwhile,
 * or when `lease` is given and no longer held.
 */
export async function change(
  tx: Transaction,
  before: SubmissionRow,
  values: Change,
  lease?: string,
): Promise<boolean> {
  const { id, version, pictureMonth } = before;
  const { count } = await tx.submission.updateMany({
    where: { id, version, pictureMonth, ...(lease && { leaseToken: lease }) },
    data: values as SubmissionUncheckedUpdateManyInput,
  });
  if (count === 0) return false;
  touchRow(tx, id);
  if (before.pictureMonth || values.pictureMonth) touchPublic(tx);
  await rememberNews(tx, before, values);
  if (before.pictureMonth && values.pictureMonth === null) await dropMosaic(tx);
  if (TELLING.some((column) => values[column] !== undefined && before[column] !== null)) {
    touchPast(tx);
  }
  await moveTally(tx, before, { ...before, ...values } as SubmissionRow);
  return true;
}

/**
 * Gives a submission its next task. A lease on the row stays: whoever holds it may still be
 * writing files, so the new task waits until the lease is given back or has run out.
 */
export function nextTask(task: SubmissionRow['task'], dueAt: Date | null): Change {
  return { task, dueAt, attempts: 0, lastError: null };
}

/** A photo that left the public. */
export const UNPUBLISHED = { pictureMonth: null, renditions: Prisma.DbNull };

/** What is left of a submission that is gone: that it was, where, and what became of it. */
export const ERASED: Change = {
  city: '',
  cityKey: '',
  name: null,
  message: null,
  covers: [],
  sourceHash: null,
  facts: Prisma.DbNull,
  checks: Prisma.DbNull,
  reply: null,
  criteria: Prisma.DbNull,
  decidedBy: null,
  alt: null,
  shownSince: null,
  ...UNPUBLISHED,
};

/** Removes what other tables know of a submission. */
export async function forget(tx: Transaction, submissionId: string): Promise<void> {
  await tx.contact.deleteMany({ where: { submissionId } });
  await tx.fingerprint.deleteMany({ where: { submissionId } });
  await tx.likeness.deleteMany({ where: { OR: [{ submissionId }, { otherId: submissionId }] } });
  await tx.outboxMessage.deleteMany({ where: { submissionId, state: 'queued' } });
}
