import type { Keys } from '../keys.ts';
import { DECISIONS } from '../submission/acts.ts';
import type { Criteria } from '../submission/states.ts';
import { tellAdmins } from './alarms.ts';
import type { Database, Transaction } from './database.ts';
import { record } from './log.ts';

const HOUR_MS = 3_600_000;

const HIDING = [{ decision: 'rejected' }, { decision: 'reopened', reason: 'approved' }];

export interface Hidden {
  submissionId: string;
  /** What was seen in it when it was last approved; null for one that never was public. */
  approved: Criteria | null;
}

/** What one stolen session can hide is bounded; a second person releases the brake. */
export interface Brake {
  /** Whether somebody waits for a second person. */
  anyPulled(): Promise<boolean>;
  /** Who hid photos since then, how many, and whose brake is pulled. */
  recent(since: Date): Promise<{ id: string; hidden: number; pulled: boolean }[]>;
  /** What a moderator took from the queue or the public since then and nobody decided about after. */
  hiddenBy(moderatorId: string, since: Date): Promise<Hidden[]>;
  /** False when it was not pulled, or when `byId` is the person themselves: that needs somebody else. */
  release(moderatorId: string, byId: string | null, now: Date): Promise<boolean>;
}

export function openBrake({ read, write }: Database, keys: Keys): Brake {
  /** Entries about photos, the last of each first. */
  const lastAbout = (ids: string[], decisions: readonly string[]) =>
    read.logEntry.findMany({
      where: { submissionId: { in: ids }, decision: { in: [...decisions] } },
      orderBy: { id: 'asc' },
    });

  return {
    anyPulled: async () =>
      (await read.moderator.count({ where: { brakePulledAt: { not: null }, removedAt: null } })) >
      0,

    async recent(since) {
      const counts = await read.logEntry.groupBy({
        by: ['moderatorId'],
        where: { moderatorId: { not: null }, at: { gt: since }, OR: HIDING },
        _count: true,
      });
      const hidden = new Map(counts.map((each) => [each.moderatorId, each._count]));
      const people = await read.moderator.findMany({
        where: {
          OR: [{ id: { in: [...hidden.keys()] as string[] } }, { brakePulledAt: { not: null } }],
        },
      });
      return people.map(({ id, brakePulledAt }) => ({
        id,
        hidden: hidden.get(id) ?? 0,
        pulled: brakePulledAt !== null,
      }));
    },

    async hiddenBy(moderatorId, since) {
      const deeds = await read.logEntry.findMany({
        where: { moderatorId, at: { gt: since }, OR: HIDING },
      });
      const ids = [...new Set(deeds.map(({ submissionId }) => submissionId ?? ''))];
      const last = new Map(
        (await lastAbout(ids, DECISIONS)).map((entry) => [entry.submissionId, entry]),
      );
      const approvals = new Map(
        (await lastAbout(ids, ['approved'])).map((entry) => [entry.submissionId, entry]),
      );
      return deeds
        .filter(({ id, submissionId }) => last.get(submissionId)?.id === id)
        .map(({ submissionId, decision }) => {
          const approval = decision === 'reopened' ? approvals.get(submissionId) : undefined;
          const approved = (approval?.criteria ?? null) as Criteria | null;
          return { submissionId: submissionId ?? '', approved };
        });
    },

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
 * Whether a moderator may hide one more photo: `most` in an hour. The first time they may not, the
 * brake is pulled, stays so, and admins are told.
 */
export async function mayHide(
  tx: Transaction,
  keys: Keys,
  most: number,
  moderatorId: string,
  now: Date,
): Promise<boolean> {
  const moderator = await tx.moderator.findUnique({ where: { id: moderatorId } });
  if (moderator?.brakePulledAt) return false;
  const since = Math.max(now.getTime() - HOUR_MS, moderator?.brakeReleasedAt?.getTime() ?? 0);
  const hidden = await tx.logEntry.count({
    where: {
      moderatorId,
      at: { gt: new Date(since) },
      // Covering cannot be taken back, so it counts as well.
      OR: [...HIDING, { decision: 'covered' }],
    },
  });
  if (hidden < most) return true;
  await tx.moderator.updateMany({ where: { id: moderatorId }, data: { brakePulledAt: now } });
  await record(tx, keys, now, { moderatorId, decision: 'brake-pulled', aboutId: moderatorId });
  await tellAdmins(tx, keys, { about: 'brake', moderatorId }, now);
  return false;
}
