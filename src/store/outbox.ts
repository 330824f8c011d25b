import { randomUUID } from 'node:crypto';
import type { Keys } from '../keys.ts';
import type { Database } from './database.ts';
import { announceTo } from './digests.ts';
import { dueMessages, nextMessage } from './due-messages.ts';
import type { OutboxMessage } from './generated/client.ts';
import { FREE } from './lease.ts';
import { type Payload, queueMessage } from './messages.ts';

export type QueuedMessage = Payload & {
  id: string;
  moderatorId: string | null;
  attempts: number;
  reasons: number;
  /** When it is not worth sending any more. */
  expiresAt: Date | null;
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
  /** Makes everything that was put off for one of these reasons due at once. */
  hasten(reasons: string[], now: Date): Promise<void>;
  /** `locale`: the language the link was asked for in. */
  queueSignIn(
    moderatorId: string,
    token: string,
    now: Date,
    expiresAt: Date,
    locale?: string,
  ): Promise<void>;
  /** Newest first, for the staff page. */
  list(limit: number): Promise<OutboxEntry[]>;
  /** Messages that still have to leave, and those that never will. */
  backlog(): Promise<{ queued: number; givenUp: number }>;
}

/** Minutes between two digests of one moderator, handed in by the configuration. */
export function openOutbox({ read, write }: Database, keys: Keys, digestMinutes: number): Outbox {
  return {
    async claim(now, leaseMs) {
      // Mostly there is nothing to do; looking does not take the turn of a write.
      const due = dueMessages(now);
      if (!(await read.outboxMessage.findFirst({ ...due, select: { id: true } }))) return null;
      return write(async (tx) => {
        const next = await nextMessage(tx, keys, now);
        if (!next) return null;
        const { row, payload } = next;
        const leaseToken = randomUUID();
        const { count } = await tx.outboxMessage.updateMany({
          where: { id: row.id, leaseToken: row.leaseToken },
          data: {
            leaseToken,
            leaseUntil: new Date(now.getTime() + leaseMs),
            attempts: { increment: 1 },
          },
        });
        return count === 0 ? null : asMessage(row, payload, leaseToken);
      });
    },

    finish: (message, as, now) =>
      write(async (tx) => {
        const { id, leaseToken, moderatorId } = message;
        const row = await tx.outboxMessage.findFirst({ where: { id, leaseToken } });
        if (!row) return;
        await tx.outboxMessage.update({
          where: { id },
          data: { state: as, pendingKey: null, payload: null, ...FREE },
        });
        if (message.kind !== 'digest' || !moderatorId) return;
        if (as === 'sent') {
          await tx.moderator.update({ where: { id: moderatorId }, data: { digestAt: now } });
        }
        // Photos that came while the digest was being sent are in the next one.
        if (row.reasons > message.reasons) {
          const moderator = await tx.moderator.findUnique({ where: { id: moderatorId } });
          if (moderator) await announceTo(tx, moderator, now, digestMinutes);
        }
      }),

    async postpone({ id, leaseToken }, dueAt, lastError) {
      await write((tx) =>
        tx.outboxMessage.updateMany({
          where: { id, leaseToken },
          data: { dueAt, lastError, ...FREE },
        }),
      );
    },

    async releaseAll() {
      await write((tx) =>
        tx.outboxMessage.updateMany({
          where: { state: 'queued', leaseToken: { not: null } },
          data: FREE,
        }),
      );
    },

    async hasten(reasons, now) {
      await write((tx) =>
        tx.outboxMessage.updateMany({
          where: { state: 'queued', lastError: { in: reasons } },
          data: { dueAt: now, attempts: 0, lastError: null },
        }),
      );
    },

    async queueSignIn(moderatorId, token, now, expiresAt, locale) {
      await write((tx) =>
        queueMessage(tx, keys, { kind: 'sign-in', token, locale }, now, { moderatorId, expiresAt }),
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

function asMessage(row: OutboxMessage, payload: Payload, leaseToken: string): QueuedMessage {
  const { id, moderatorId, reasons, expiresAt } = row;
  return {
    ...payload,
    id,
    moderatorId,
    reasons,
    expiresAt,
    leaseToken,
    attempts: row.attempts + 1,
  };
}
