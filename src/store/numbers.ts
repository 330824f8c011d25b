import { DECISIONS, type Decision } from '../submission/acts.ts';
import { STATES } from '../submission/states.ts';
import type { Database } from './database.ts';
import { rememberLarge } from './large.ts';

/** What came in and what was decided in a week. */
export interface Week {
  /** The first moment of its Monday, in UTC. */
  from: Date;
  received: number;
  approved: number;
  rejected: number;
}

export interface Numbers {
  /** The weeks from `from` (a Monday) on, `count` of them. */
  weeks(from: Date, count: number): Promise<Week[]>;
  /** How many photos had waited how many hours for a decision, fewest hours first. */
  waits(since: Date): Promise<{ hours: number; count: number }[]>;
  /** Why photos were rejected, most frequent first. */
  reasons(since: Date): Promise<{ reason: string; count: number }[]>;
  /** Embassies by how many photos came from there, ever. */
  embassies(limit: number): Promise<{ slug: string; count: number }[]>;
  /** What each moderator decided, busiest first. Null is the command line. */
  moderators(since: Date): Promise<{ id: string | null; counts: Record<Decision, number> }[]>;
}

export const WEEK_MS = 7 * 86_400_000;
const DECIDED = ['approved', 'rejected'] as const;

/**
 * Counts of rows, each counted by the database along an index: rows themselves are never read. Large
 * ones may be half a minute old.
 */
export function openNumbers(database: Database): Numbers {
  const numbers = countNumbers(database);
  const sum = (counts: { count: number }[]) =>
    counts.reduce((total, { count }) => total + count, 0);
  return {
    weeks: rememberLarge(numbers.weeks, (weeks) =>
      weeks.reduce((total, week) => total + week.received + week.approved + week.rejected, 0),
    ),
    waits: rememberLarge(numbers.waits, sum),
    reasons: rememberLarge(numbers.reasons, sum),
    embassies: rememberLarge(numbers.embassies, sum),
    moderators: rememberLarge(numbers.moderators, (people) =>
      people.reduce((total, { counts }) => total + decidedIn(counts), 0),
    ),
  };
}

function countNumbers({ read }: Database): Numbers {
  const decidedBetween = (from: Date, until: Date) =>
    read.logEntry.groupBy({
      by: ['decision'],
      where: { decision: { in: [...DECIDED] }, at: { gte: from, lt: until } },
      _count: true,
    });

  return {
    async weeks(from, count) {
      const hours = await read.submission.groupBy({
        by: ['receivedAt'],
        where: { state: { in: [...STATES] }, receivedAt: { gte: from } },
        _count: true,
      });
      const received = new Map<number, number>();
      for (const { receivedAt, _count } of hours) {
        const week = Math.floor((receivedAt.getTime() - from.getTime()) / WEEK_MS);
        received.set(week, (received.get(week) ?? 0) + _count);
      }
      const weeks: Week[] = [];
      for (let week = 0; week < count; week++) {
        const start = new Date(from.getTime() + week * WEEK_MS);
        const groups = await decidedBetween(start, new Date(start.getTime() + WEEK_MS));
        const of = (decision: string) =>
          groups.find((group) => group.decision === decision)?._count ?? 0;
        weeks.push({
          from: start,
          received: received.get(week) ?? 0,
          approved: of('approved'),
          rejected: of('rejected'),
        });
      }
      return weeks;
    },

    async waits(since) {
      const groups = await read.logEntry.groupBy({
        by: ['hoursWaited'],
        where: {
          decision: { in: [...DECIDED] },
          at: { gte: since },
          hoursWaited: { not: null },
        },
        _count: true,
        orderBy: { hoursWaited: 'asc' },
      });
      return groups.map(({ hoursWaited, _count }) => ({ hours: hoursWaited ?? 0, count: _count }));
    },

    async reasons(since) {
      const groups = await read.logEntry.groupBy({
        by: ['reason'],
        where: { decision: 'rejected', at: { gte: since } },
        _count: true,
      });
      return groups
        .map(({ reason, _count }) => ({ reason: reason ?? 'other', count: _count }))
        .sort((a, b) => b.count - a.count);
    },

    async embassies(limit) {
      const groups = await read.submission.groupBy({
        by: ['embassySlug'],
        where: { state: { in: [...STATES] } },
        _count: { embassySlug: true },
        orderBy: [{ _count: { embassySlug: 'desc' } }, { embassySlug: 'asc' }],
        take: limit,
      });
      return groups.map(({ embassySlug, _count }) => ({
        slug: embassySlug,
        count: _count.embassySlug,
      }));
    },

    async moderators(since) {
      const groups = await read.logEntry.groupBy({
        by: ['moderatorId', 'decision'],
        where: { decision: { in: [...DECISIONS] }, at: { gte: since } },
        _count: true,
      });
      const people = new Map<string | null, Record<Decision, number>>();
      for (const { moderatorId, decision, _count } of groups) {
        const counts = people.get(moderatorId) ?? { approved: 0, rejected: 0, reopened: 0 };
        people.set(moderatorId, { ...counts, [decision]: _count });
      }
      return [...people]
        .map(([id, counts]) => ({ id, counts }))
        .sort((a, b) => decidedIn(b.counts) - decidedIn(a.counts));
    },
  };
}

function decidedIn(counts: Record<Decision, number>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
