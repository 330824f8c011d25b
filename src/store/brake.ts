import type { Keys } from '../keys.ts';
import type { Database, Transaction } from './database.ts';
import { record } from './log.ts';

/**
 * Photos one account may reject, paint over or take from the public in an hour before a second
 * person looks.
 */
export const BRAKE_LIMIT = 50;
const HOUR_MS = 3_600_000;

/** What one stolen session can hide is bounded; a second person releases the brake. */
export interface Brake {
  /** False when it was not pulled, or when `byId` is the person themselves: that needs somebody else. */
  release(moderatorId: string, byId: string | null, now: Date): Promise<boolean>;
}

export function openBrake({ write }: Database, keys: Keys): Brake {
  return {
    release: (moderatorId, byId, now) =>
      write(async (tx) => {
        if (byId === moderatorId) return false;
        const { count } = await tx.moderator.updateMany({
          where: { id: moderatorId, brakePulledAt: { not: null } },
          data: { brakePulledAt: null, brakeReleasedAt: now },
        });
        if (count === 0) return false;
        const deed = {
          moderatorId: byId,
          decision: 'brake-released',
          aboutId: moderatorId,
        } as const;
        await record(tx, keys, now, deed);
        return true;
      }),
  };
}

/**
 * Whether a moderator may hide one more photo. The first time they may not, the brake is pulled
 * and stays so: `pulled` is true that once, for somebody to be told.
 */
export async function mayHide(
  tx: Transaction,
  keys: Keys,
  moderatorId: string,
  now: Date,
): Promise<{ allowed: boolean; pulled: boolean }> {
  const moderator = await tx.moderator.findUnique({ where: { id: moderatorId } });
  if (moderator?.brakePulledAt) return { allowed: false, pulled: false };
  const since = Math.max(now.getTime() - HOUR_MS, moderator?.brakeReleasedAt?.getTime() ?? 0);
  const hidden = await tx.logEntry.count({
    where: {
      moderatorId,
      at: { gt: new Date(since) },
      OR: [
        { decision: { in: ['rejected', 'covered'] } },
        { decision: 'reopened', reason: 'approved' },
      ],
    },
  });
  if (hidden < BRAKE_LIMIT) return { allowed: true, pulled: false };
  await tx.moderator.updateMany({ where: { id: moderatorId }, data: { brakePulledAt: now } });
  await record(tx, keys, now, { moderatorId, decision: 'brake-pulled', aboutId: moderatorId });
  return { allowed: false, pulled: true };
}
