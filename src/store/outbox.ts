import { randomUUID } from 'node:crypto';
import type { Keys } from '../keys.ts';
import { seal, unseal } from '../sealing.ts';
import type { RejectionReason } from '../submission/states.ts';
import type { Database, Transaction } from './database.ts';
import type { OutboxMessage } from './generated/client.ts';
import type { SubmissionRow } from './rows.ts';

/** What a decision mail says to the supporter. */
export interface DecisionFacts {
  outcome: 'approved' | 'counted' | 'rejected' | 'refused';
  reason?: RejectionReason;
  reply?: string | undefined;
}

/** What only a message knows; sealed in its row and gone once it is sent. */
type Payload =
  | { kind: 'digest' }
  | { kind: 'sign-in'; token: string }
  | ({ kind: 'decision'; address: string; locale: string } & DecisionFacts);

export type QueuedMessage = Payload & {
  id: string;
  moderatorId: string | null;
  attempts: number;
  reasons: number;
  leaseToken: string;
};

export interface OutboxEntry {
  id: string;
  kind: string;
  state: string;
  attempts: number;
  lastError: string | null;
  createdAt: Date;
}

export interface Outbox {
  /** Takes the next due message for `leaseMs`; null when none is due. */
  claim(now: Date, leaseMs: number): Promise<QueuedMessage | null>;
  /** The message has left, or never will: `sent`, `given-up` or `dropped`. */
  finish(message: QueuedMessage, as: 'sent' | 'given-up' | 'dropped', now: Date): Promise<void>;
  /** Try again at `dueAt`. `why` is a code, never a server's words. */
  postpone(message: QueuedMessage, dueAt: Date, why: string): Promise<void>;
  /** Frees what a killed process held. For a start with the database to itself. */
  releaseAll(): Promise<void>;
  queueSignIn(moderatorId: string, token: string, now: Date, expiresAt: Date): Promise<void>;
  /** Newest first, for the staff page. */
  list(limit: number): Promise<OutboxEntry[]>;
  /** Messages that still have to leave, and those that never will. */
  backlog(): Promise<{ queued: number; givenUp: number }>;
}

/** Minutes between two digests of one moderator, handed in by the configuration. */
export function openOutbox({ read, write }: Database, keys: Keys, digestMinutes: number): Outbox {
  return {
    async claim(now, leaseMs) {
      const free = [{ leaseUntil: null }, { leaseUntil: { lt: now } }];
      const due = {
        where: { state: 'queued', dueAt: { lte: now }, OR: free },
        orderBy: { dueAt: 'asc' },
      } as const;
      if (!(await read.outboxMessage.findFirst({ ...due, select: { id: true } }))) return null;
      return write(async (tx) => {
        const row = await tx.outboxMessage.findFirst(due);
        if (!row) return null;
        const leaseToken = randomUUID();
        const { count } = await tx.outboxMessage.updateMany({
          where: { id: row.id, leaseToken: row.leaseToken },
          data: {
            leaseToken,
            leaseUntil: new Date(now.getTime() + leaseMs),
            attempts: { increment: 1 },
          },
        });
        return count === 0 ? null : asMessage(row, leaseToken, keys);
      });
    },

    finish: (message, as, now) =>
      write(async (tx) => {
        const { id, leaseToken, moderatorId } = message;
        const row = await tx.outboxMessage.findFirst({ where: { id, leaseToken } });
        if (!row) return;
        await tx.outboxMessage.update({
          where: { id },
          data: { state: as, pendingKey: null, payload: null, leaseToken: null, leaseUntil: null },
        });
        if (message.kind !== 'digest' || !moderatorId) return;
        if (as === 'sent') {
          await tx.moderator.update({ where: { id: moderatorId }, data: { digestAt: now } });
        }
        // Photos that came while the digest was being sent are in the next one.
        if (row.reasons > message.reasons) await announce(tx, now, digestMinutes);
      }),

    async postpone({ id, leaseToken }, dueAt, lastError) {
      await write((tx) =>
        tx.outboxMessage.updateMany({
          where: { id, leaseToken },
          data: { dueAt, lastError, leaseToken: null, leaseUntil: null },
        }),
      );
    },

    async releaseAll() {
      const free = { leaseToken: null, leaseUntil: null };
      await write((tx) =>
        tx.outboxMessage.updateMany({ where: { leaseToken: { not: null } }, data: free }),
      );
    },

    async queueSignIn(moderatorId, token, now, expiresAt) {
      await write((tx) =>
        queue(tx, keys, { kind: 'sign-in', token }, now, { moderatorId, expiresAt }),
      );
    },

    list: (limit) =>
      read.outboxMessage.findMany({
        orderBy: { createdAt: 'desc' },
        take: limit,
        select: {
          id: true,
          kind: true,
          state: true,
          attempts: true,
          lastError: true,
          createdAt: true,
        },
      }),

    async backlog() {
      const queued = await read.outboxMessage.count({ where: { state: 'queued' } });
      const givenUp = await read.outboxMessage.count({ where: { state: 'given-up' } });
      return { queued, givenUp };
    },
  };
}

/**
 * Announces waiting photos to every moderator, in the transaction that made one wait. One digest
 * is pending per moderator; it is due at once after a quiet time, else when the window is over,
 * and says whatever waits when it is sent. With a window of 0 each photo has a mail of its own.
 */
export async function announce(tx: Transaction, now: Date, digestMinutes: number): Promise<void> {
  const moderators = await tx.moderator.findMany({ where: { removedAt: null } });
  for (const { id: moderatorId, digestAt } of moderators) {
    const windowEnds = (digestAt?.getTime() ?? 0) + digestMinutes * 60_000;
    const dueAt = new Date(Math.max(now.getTime(), windowEnds));
    const id = randomUUID();
    await tx.outboxMessage.upsert({
      where: { pendingKey: digestMinutes === 0 ? id : moderatorId },
      create: {
        id,
        kind: 'digest',
        moderatorId,
        pendingKey: digestMinutes === 0 ? id : moderatorId,
        createdAt: now,
        dueAt,
      },
      update: { reasons: { increment: 1 } },
    });
  }
}

/** Queues the mail that tells a supporter what became of the photo, if there is an address. */
export async function queueDecision(
  tx: Transaction,
  keys: Keys,
  submission: SubmissionRow,
  now: Date,
  facts: DecisionFacts,
): Promise<void> {
  const submissionId = submission.id;
  const contact = await tx.contact.findUnique({ where: { submissionId } });
  if (!contact) return;
  const sealed = Buffer.from(contact.address);
  const address = unseal(keys.key('contacts'), submissionId, sealed).toString();
  const payload = { kind: 'decision', address, locale: submission.locale, ...facts } as const;
  await queue(tx, keys, payload, now, { submissionId });
}

async function queue(
  tx: Transaction,
  keys: Keys,
  payload: Payload,
  now: Date,
  rest: { moderatorId?: string; submissionId?: string; expiresAt?: Date },
): Promise<void> {
  const id = randomUUID();
  const sealed = seal(keys.key('outbox'), id, Buffer.from(JSON.stringify(payload)));
  await tx.outboxMessage.create({
    data: {
      id,
      kind: payload.kind,
      payload: new Uint8Array(sealed),
      createdAt: now,
      dueAt: now,
      ...rest,
    },
  });
}

function asMessage(row: OutboxMessage, leaseToken: string, keys: Keys): QueuedMessage {
  const payload: Payload = row.payload
    ? JSON.parse(unseal(keys.key('outbox'), row.id, Buffer.from(row.payload)).toString())
    : { kind: 'digest' };
  const { id, moderatorId, reasons } = row;
  return { ...payload, id, moderatorId, reasons, leaseToken, attempts: row.attempts + 1 };
}
