import type { Keys } from '../keys.ts';
import type { Decision } from '../submission/acts.ts';
import { needsCover } from '../submission/exposure.ts';
import type { Criteria, RejectionReason, State } from '../submission/states.ts';
import { mayMove } from '../submission/states.ts';
import { blockOrNot } from './blocked.ts';
import { mayHide } from './brake.ts';
import { type Change, change, nextTask, UNPUBLISHED } from './change.ts';
import type { Database, Transaction } from './database.ts';
import { Prisma } from './generated/client.ts';
import { type Deed, record } from './log.ts';
import { queueDecision } from './messages.ts';
import { asJson, asRow, type SubmissionRow } from './rows.ts';

/** Days a rejected photo stays sealed, so that a mistake can be taken back. */
export const QUARANTINE_DAYS = 7;
/** Days a supporter's address outlives the decision about the photo. */
export const CONTACT_DAYS = 30;

interface Order {
  id: string;
  version: number;
  moderatorId: string;
}

export type DecisionOrder =
  | (Order & { decision: 'approved'; criteria: Criteria; facesCovered?: boolean })
  | (Order & { decision: 'rejected'; reason: RejectionReason; note?: string; reply?: string })
  | (Order & { decision: 'reopened' });

export type DecisionOutcome =
  | { kind: 'done'; row: SubmissionRow }
  | { kind: 'unknown' }
  /** Somebody else changed it first; `row` is how it stands now. */
  | { kind: 'stale'; row: SubmissionRow }
  /** Not from the state it is in, or its photo is no longer there. */
  | { kind: 'impossible'; row: SubmissionRow }
  /** Whoever sent it wants faces covered, and nobody has said that all of them are. */
  | { kind: 'covers-needed'; row: SubmissionRow }
  /** Who decides has hidden too many photos in an hour. */
  | { kind: 'braked'; row: SubmissionRow };

const HOUR_MS = 3_600_000;

const TARGET: Record<Decision, State> = {
  approved: 'approved',
  rejected: 'rejected',
  reopened: 'waiting',
};

export interface Decisions {
  /** Decides about one submission: the row, the log and the mail to the supporter in one transaction. */
  decide(order: DecisionOrder, now: Date): Promise<DecisionOutcome>;
}

export function openDecisions({ write }: Database, keys: Keys, brakePhotos: number): Decisions {
  return {
    decide: (order, now) =>
      write(async (tx) => {
        const found = await tx.submission.findUnique({ where: { id: order.id } });
        if (!found) return { kind: 'unknown' };
        const before = asRow(found);
        const hindrance = findHindrance(before, order);
        if (hindrance) return { kind: hindrance, row: before };
        const { moderatorId } = order;
        if (hides(order, before) && !(await mayHide(tx, keys, brakePhotos, moderatorId, now))) {
          return { kind: 'braked', row: before };
        }
        if (!(await change(tx, before, { ...valuesOf(order, before, now) }))) {
          return { kind: 'stale', row: before };
        }
        await record(tx, keys, now, deedOf(order, before, now));
        await tellSupporter(tx, keys, order, before, now);
        const after = asRow(await tx.submission.findUniqueOrThrow({ where: { id: order.id } }));
        await blockOrNot(tx, keys, after, now);
        return { kind: 'done', row: after };
      }),
  };
}

function findHindrance(row: SubmissionRow, order: DecisionOrder) {
  if (row.version !== order.version) return 'stale';
  if (!mayMove(row.state, TARGET[order.decision]) || row.state === 'received') return 'impossible';
  // Its public files are still on their way out, or its faces are being painted over; another
  // task in between would leave them as they are.
  if (row.task === 'retract' || row.task === 'cover') return 'impossible';
  if (order.decision === 'reopened' && !row.held) return 'impossible';
  if (order.decision === 'approved' && needsCover(row) && !order.facesCovered) {
    return 'covers-needed';
  }
  return null;
}

/** Whether it takes a photo from the queue or from the public against the supporter's wish. */
function hides({ decision }: DecisionOrder, before: SubmissionRow): boolean {
  return decision === 'rejected' || (decision === 'reopened' && before.state === 'approved');
}

function valuesOf(order: DecisionOrder, before: SubmissionRow, now: Date): Change {
  const decided = {
    state: TARGET[order.decision],
    version: before.version + 1,
    decidedBy: order.moderatorId,
    aside: false,
    reason: null,
    reply: null,
    criteria: Prisma.DbNull,
    ...UNPUBLISHED,
  };
  switch (order.decision) {
    case 'approved': {
      const task =
        before.exposure === 'counted'
          ? nextTask('erase', days(now, QUARANTINE_DAYS))
          : nextTask('publish', now);
      return { ...decided, criteria: asJson(order.criteria), ...task };
    }
    case 'rejected': {
      const { reason, reply = null } = order;
      return { ...decided, reason, reply, ...nextTask('erase', days(now, QUARANTINE_DAYS)) };
    }
    case 'reopened':
      return { ...decided, decidedBy: null, ...nextTask('retract', now) };
  }
}

function deedOf(order: DecisionOrder, before: SubmissionRow, now: Date): Deed {
  const { moderatorId, decision, id: submissionId } = order;
  const hoursWaited = Math.floor((now.getTime() - before.receivedAt.getTime()) / HOUR_MS);
  return {
    moderatorId,
    decision,
    submissionId,
    ...(before.state === 'waiting' && { hoursWaited }),
    ...(order.decision === 'approved' && { criteria: order.criteria }),
    ...(order.decision === 'rejected' && { reason: order.reason, note: order.note }),
    // What it was before tells whether the public lost a photo.
    ...(order.decision === 'reopened' && { reason: before.state }),
  };
}

/** Mails the decision to a supporter who left an address; an unsent mail of before is taken back. */
async function tellSupporter(
  tx: Transaction,
  keys: Keys,
  order: DecisionOrder,
  before: SubmissionRow,
  now: Date,
): Promise<void> {
  const submissionId = order.id;
  await tx.outboxMessage.deleteMany({ where: { submissionId, state: 'queued' } });
  if (order.decision === 'reopened') return;
  const counted = order.decision === 'approved' && before.exposure === 'counted';
  await queueDecision(tx, keys, before, now, {
    outcome: counted ? 'counted' : order.decision,
    ...(order.decision === 'rejected' && { reason: order.reason, reply: order.reply }),
  });
  const eraseAt = days(now, CONTACT_DAYS);
  await tx.contact.updateMany({ where: { submissionId }, data: { eraseAt } });
}

function days(from: Date, count: number): Date {
  return new Date(from.getTime() + count * 86_400_000);
}
