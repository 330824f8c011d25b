import type { Keys } from '../keys.ts';
import { type Act, DECISIONS } from '../submission/acts.ts';
import type { Criteria } from '../submission/states.ts';
import type { Database, Transaction } from './database.ts';
import type { LogEntry, Prisma } from './generated/client.ts';
import { hashOf, headOf, LOG_HEAD, type LogFault, verifyChain } from './log-chain.ts';
import { readPage } from './page.ts';
import { asJson } from './rows.ts';

/** What somebody did. Nothing in it is a supporter's. */
export interface Deed {
  /** Null: somebody at the command line. */
  moderatorId: string | null;
  decision: Act;
  submissionId?: string;
  /** The moderator whom it was done to. */
  aboutId?: string;
  reason?: string;
  note?: string | undefined;
  criteria?: Criteria;
  hoursWaited?: number;
}

/** Which entries are wanted; what is left out does not matter. */
export interface LogFilter {
  /** Who did it; null is the command line. */
  moderatorId?: string | null;
  decision?: Act;
  reason?: string;
  /** A submission's id, or how it begins. */
  submission?: string;
  from?: Date;
  /** Not included. */
  until?: Date;
}

/** Where a list goes on: behind this entry. `at` in milliseconds since 1970. */
export interface LogCursor {
  at: number;
  id: number;
}

export interface Log {
  /** Newest first. */
  list(limit: number, filter?: LogFilter, after?: LogCursor): Promise<LogEntry[]>;
  /** Ids of everybody who may have done something, in the order they came. */
  people(): Promise<string[]>;
  /** The last decision about each of these. */
  lastDecisions(ids: string[]): Promise<Map<string, LogEntry>>;
  /** Reads the whole chain. Nothing is wrong when it finds no fault. */
  verify(): Promise<{ entries: number; faults: LogFault[] }>;
}

/** Follows every beginning of an id. */
const BEHIND_HEX = 'g';

/**
 * Writes the log's next entry in the transaction of what it tells. Numbers have no gaps, each
 * entry's hash covers the one before it, and a value only the key can make says which entry is the
 * last: whoever changes, drops or adds a row without the key is found out by `verify`.
 */
export async function record(tx: Transaction, keys: Keys, at: Date, deed: Deed): Promise<void> {
  const last = await tx.logEntry.findFirst({ orderBy: { id: 'desc' } });
  const { moderatorId, decision, criteria } = deed;
  const data = {
    id: (last?.id ?? 0) + 1,
    at,
    moderatorId,
    decision,
    submissionId: deed.submissionId ?? null,
    aboutId: deed.aboutId ?? null,
    reason: deed.reason ?? null,
    note: deed.note ?? null,
    hoursWaited: deed.hoursWaited ?? null,
    ...(criteria && { criteria: asJson(criteria) }),
  };
  const hash = hashOf(keys, last?.hash ?? '', { ...data, criteria });
  await tx.logEntry.create({ data: { ...data, hash } });
  const value = headOf(keys, hash);
  await tx.setting.upsert({
    where: { key: LOG_HEAD },
    create: { key: LOG_HEAD, value },
    update: { value },
  });
}

export function openLog({ read }: Database, keys: Keys): Log {
  return {
    list(limit, filter = {}, after) {
      const wanted = whereOf(filter);
      const at = after && new Date(after.at);
      return readPage(
        (range: Prisma.LogEntryWhereInput, take) =>
          read.logEntry.findMany({
            where: { AND: [wanted, range] },
            // By time and not by number: so each filter's index gives the order, too.
            orderBy: [{ at: 'desc' }, { id: 'desc' }],
            take,
          }),
        limit,
        at ? [{ at, id: { lt: after.id } }, { at: { lt: at } }] : [{}],
      );
    },

    async people() {
      const rows = await read.moderator.findMany({
        select: { id: true },
        orderBy: { addedAt: 'asc' },
      });
      return rows.map(({ id }) => id);
    },

    async lastDecisions(ids) {
      const entries = await read.logEntry.findMany({
        where: { submissionId: { in: ids }, decision: { in: [...DECISIONS] } },
        orderBy: { id: 'asc' },
      });
      return new Map(entries.map((entry) => [entry.submissionId ?? '', entry]));
    },

    verify: () => verifyChain({ read }, keys),
  };
}

function whereOf(filter: LogFilter): Prisma.LogEntryWhereInput {
  const { moderatorId, decision, reason, submission, from, until } = filter;
  return {
    ...(moderatorId !== undefined && { moderatorId }),
    ...(decision && { decision }),
    ...(reason && { reason }),
    ...(submission && { submissionId: { gte: submission, lt: submission + BEHIND_HEX } }),
    ...((from || until) && { at: { ...(from && { gte: from }), ...(until && { lt: until }) } }),
  };
}
