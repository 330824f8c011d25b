import { randomUUID } from 'node:crypto';
import { afterQuiet, isTimeZone, type QuietHours } from '../quiet.ts';
import type { Database, Transaction } from './database.ts';
import type { Moderator } from './generated/client.ts';

/** Stands for no digests at all. */
export const NEVER = -1;

/** When a moderator wants to hear of waiting photos. */
export interface DigestSettings {
  /** Minutes between two digests at least; null: as the service has it; `NEVER`. */
  every: number | null;
  quiet: QuietHours | null;
}

export interface Digests {
  /** Minutes between two digests of who chose nothing. */
  usualMinutes: number;
  /** Null once the moderator is removed. */
  settings(moderatorId: string): Promise<DigestSettings | null>;
  /** From now on: a digest that waits moves to when it is due by the new settings. */
  choose(moderatorId: string, settings: DigestSettings, now: Date): Promise<void>;
  /** No digests from now on, quiet hours kept for later. False when there is no such moderator. */
  stop(moderatorId: string, now: Date): Promise<boolean>;
}

export function openDigests({ read, write }: Database, digestMinutes: number): Digests {
  return {
    usualMinutes: digestMinutes,

    async settings(id) {
      const moderator = await read.moderator.findUnique({ where: { id } });
      if (!moderator || moderator.removedAt) return null;
      return { every: moderator.digestEvery, quiet: quietOf(moderator) };
    },

    choose: (id, { every, quiet }, now) =>
      write(async (tx) => {
        const { from = null, until = null, timeZone = null } = quiet ?? {};
        const hours = { quietFrom: from, quietUntil: until, timeZone };
        await apply(tx, id, { digestEvery: every, ...hours }, now);
      }),

    stop: (id, now) => write((tx) => apply(tx, id, { digestEvery: NEVER }, now)),
  };

  async function apply(
    tx: Transaction,
    id: string,
    data: Partial<Moderator>,
    now: Date,
  ): Promise<boolean> {
    const before = await tx.moderator.findUnique({ where: { id } });
    if (!before || before.removedAt) return false;
    const after = await tx.moderator.update({ where: { id }, data });
    const waiting = { moderatorId: id, kind: 'digest', state: 'queued' };
    const stopped = after.digestEvery === NEVER;
    const { count } = await tx.outboxMessage.deleteMany({
      // What is being sent right now is best left to its end, unless nothing is wanted any more.
      where: stopped ? waiting : { ...waiting, leaseToken: null },
    });
    const missed = before.digestEvery === NEVER && (await somethingWaits(tx));
    if (count > 0 || missed) await announceTo(tx, after, now, digestMinutes);
    return true;
  }
}

async function somethingWaits(tx: Transaction): Promise<boolean> {
  return (await tx.submission.findFirst({ where: { state: 'waiting', aside: false } })) !== null;
}

/**
 * Announces waiting photos to every moderator, in the transaction that made one wait. One digest
 * is pending per moderator; it is due at once after a quiet time, else when the window is over,
 * never in their quiet hours, and says whatever waits when it is sent. With a window of 0 each
 * photo has a mail of its own.
 */
export async function announce(tx: Transaction, now: Date, digestMinutes: number): Promise<void> {
  const moderators = await tx.moderator.findMany({ where: { removedAt: null } });
  for (const moderator of moderators) await announceTo(tx, moderator, now, digestMinutes);
}

/** Announces what waits to one moderator. */
export async function announceTo(
  tx: Transaction,
  moderator: Moderator,
  now: Date,
  digestMinutes: number,
): Promise<void> {
  const every = moderator.digestEvery ?? digestMinutes;
  if (every === NEVER) return;
  const dueAt = dueOf(moderator, every, now);
  const id = randomUUID();
  const pendingKey = every === 0 && dueAt <= now ? id : moderator.id;
  await tx.outboxMessage.upsert({
    where: { pendingKey },
    create: { id, kind: 'digest', moderatorId: moderator.id, pendingKey, createdAt: now, dueAt },
    update: { reasons: { increment: 1 } },
  });
}

/** When a digest may be sent that comes due at `now`: then, or at the end of the quiet hours. */
export async function quietEnds(
  tx: Transaction,
  moderatorId: string | null,
  now: Date,
): Promise<Date> {
  const moderator = await tx.moderator.findUnique({ where: { id: moderatorId ?? '' } });
  return afterQuiet(now, moderator && quietOf(moderator));
}

function dueOf(moderator: Moderator, every: number, now: Date): Date {
  // The clock may have been ahead when the last one was sent.
  const last = Math.min(moderator.digestAt?.getTime() ?? 0, now.getTime());
  const windowEnds = last + every * 60_000;
  return afterQuiet(new Date(Math.max(now.getTime(), windowEnds)), quietOf(moderator));
}

function quietOf({ quietFrom, quietUntil, timeZone }: Moderator): QuietHours | null {
  if (quietFrom === null || quietUntil === null || !timeZone || !isTimeZone(timeZone)) return null;
  return { from: quietFrom, until: quietUntil, timeZone };
}
