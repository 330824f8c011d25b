import type { Exposure } from '../submission/exposure.ts';
import { type State, TASKS } from '../submission/states.ts';
import type { Database } from './database.ts';
import { MAX_SIMILAR } from './fingerprints.ts';
import type { Embassy, Prisma } from './generated/client.ts';
import { rememberLarge } from './large.ts';
import { readPage } from './page.ts';
import { asRow, type SubmissionRow } from './rows.ts';

export type DeskRow = SubmissionRow & { embassy: Embassy };

/** Which submissions a list is of. */
export interface DeskFilter {
  state: State;
  embassy?: string | undefined;
  exposure?: Exposure | undefined;
  /** Only those that a check warns of. */
  warned?: boolean | undefined;
  /** Whether those that look like something nobody wants, or the others; both when left out. */
  aside?: boolean | undefined;
}

/** Where a list goes on: behind this row. */
export interface DeskCursor {
  receivedAt: number;
  id: string;
}

/** What the moderators' desk reads. */
export interface Desk {
  /** Submissions of a kind, oldest first. */
  list(filter: DeskFilter, limit: number, after?: DeskCursor): Promise<DeskRow[]>;
  /** The one before, in the order of the list. */
  previous(filter: DeskFilter, before: DeskCursor): Promise<string | null>;
  byId(id: string): Promise<DeskRow | null>;
  /** A large number may be half a minute old. */
  count(filter: DeskFilter): Promise<number>;
  /** Submissions that look like each of these, nearest first. */
  similar(ids: string[]): Promise<Map<string, string[]>>;
  /** What waits, but for what was set aside: how many for each embassy, and since when the oldest (to the hour). */
  waiting(): Promise<{ total: number; oldest: Date | null; embassies: EmbassyCount[] }>;
  /** Jobs that failed and wait for another try, or for a person. */
  stuck(): Promise<number>;
}

export interface EmbassyCount {
  slug: string;
  count: number;
}

export function openDesk({ read }: Database): Desk {
  return {
    async list(filter, limit, after) {
      const at = after && new Date(after.receivedAt);
      const rows = await readPage(
        (range: Prisma.SubmissionWhereInput, take) =>
          read.submission.findMany({
            where: { ...conditionsOf(filter), ...range },
            orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }],
            take,
            include: { embassy: true },
          }),
        limit,
        at ? [{ receivedAt: at, id: { gt: after.id } }, { receivedAt: { gt: at } }] : [{}],
      );
      return rows.map(withEmbassy);
    },

    async previous(filter, before) {
      const at = new Date(before.receivedAt);
      const [row] = await readPage(
        (range: Prisma.SubmissionWhereInput, take) =>
          read.submission.findMany({
            where: { ...conditionsOf(filter), ...range },
            orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
            take,
            select: { id: true },
          }),
        1,
        [{ receivedAt: at, id: { lt: before.id } }, { receivedAt: { lt: at } }],
      );
      return row?.id ?? null;
    },

    async byId(id) {
      const found = await read.submission.findUnique({ where: { id }, include: { embassy: true } });
      return found && withEmbassy(found);
    },

    count: rememberLarge(
      (filter) => read.submission.count({ where: conditionsOf(filter) }),
      (count) => count,
    ),

    async similar(ids) {
      const pairs = await read.likeness.findMany({
        where: { submissionId: { in: ids } },
        orderBy: { distance: 'asc' },
      });
      const similar = new Map<string, string[]>(ids.map((id) => [id, []]));
      for (const { submissionId, otherId } of pairs) {
        const others = similar.get(submissionId);
        if (others && others.length < MAX_SIMILAR) others.push(otherId);
      }
      return similar;
    },

    async waiting() {
      const groups = await read.submission.groupBy({
        by: ['embassySlug'],
        where: { state: 'waiting', aside: false },
        _count: true,
        _min: { receivedAt: true },
      });
      const times = groups.map((group) => group._min.receivedAt?.getTime() ?? Infinity);
      return {
        total: groups.reduce((sum, group) => sum + group._count, 0),
        oldest: times.length > 0 ? new Date(Math.min(...times)) : null,
        embassies: groups
          .map((group) => ({ slug: group.embassySlug, count: group._count }))
          .sort((a, b) => b.count - a.count || (a.slug < b.slug ? -1 : 1)),
      };
    },

    stuck: () =>
      read.submission.count({ where: { task: { in: [...TASKS] }, attempts: { gt: 2 } } }),
  };
}

function withEmbassy(row: Prisma.SubmissionGetPayload<{ include: { embassy: true } }>): DeskRow {
  return { ...asRow(row), embassy: row.embassy };
}

function conditionsOf({ state, embassy, exposure, warned, aside }: DeskFilter) {
  return {
    state,
    ...(embassy && { embassySlug: embassy }),
    ...(exposure && { exposure }),
    ...(warned !== undefined && { warned }),
    ...(aside !== undefined && { aside }),
  };
}
