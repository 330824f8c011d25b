import type { Keys } from '../keys.ts';
import { type Act, DECISIONS } from '../submission/acts.ts';
import type { Criteria } from '../submission/states.ts';
import type { Database, Transaction } from './database.ts';
import type { LogEntry } from './generated/client.ts';
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

/** What is wrong with the log: entries `from` to `to`. */
export interface LogFault {
  kind: 'changed' | 'missing' | 'added';
  from: number;
  to: number;
}

export interface Log {
  /** Newest first, behind the entry `before`. */
  list(limit: number, before?: number): Promise<LogEntry[]>;
  /** The last decision about each of these. */
  lastDecisions(ids: string[]): Promise<Map<string, LogEntry>>;
  /** Reads the whole chain. Nothing is wrong when it finds no fault. */
  verify(): Promise<{ entries: number; faults: LogFault[] }>;
}

const HEAD = 'log-head';
const BATCH = 1000;

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
    where: { key: HEAD },
    create: { key: HEAD, value },
    update: { value },
  });
}

export function openLog({ read }: Database, keys: Keys): Log {
  return {
    list: (limit, before) =>
      read.logEntry.findMany({
        where: { ...(before && { id: { lt: before } }) },
        orderBy: { id: 'desc' },
        take: limit,
      }),

    async lastDecisions(ids) {
      const entries = await read.logEntry.findMany({
        where: { submissionId: { in: ids }, decision: { in: [...DECISIONS] } },
        orderBy: { id: 'asc' },
      });
      return new Map(entries.map((entry) => [entry.submissionId ?? '', entry]));
    },

    async verify() {
      const faults: LogFault[] = [];
      let last = { id: 0, hash: '' };
      for (;;) {
        const batch = await read.logEntry.findMany({
          where: { id: { gt: last.id } },
          orderBy: { id: 'asc' },
          take: BATCH,
        });
        for (const entry of batch) {
          const { id, hash } = entry;
          if (id > last.id + 1) faults.push({ kind: 'missing', from: last.id + 1, to: id - 1 });
          // Behind a gap the hash before is unknown, so that an entry there cannot be judged.
          else if (hash !== hashOf(keys, last.hash, entry)) faults.push(fault('changed', id));
          last = { id, hash };
        }
        if (batch.length < BATCH) break;
      }
      return { entries: last.id, faults: [...faults, ...(await judgeEnd(last))] };
    },
  };

  /** Whether the last entry is the one that was written last. */
  async function judgeEnd(last: { id: number; hash: string }): Promise<LogFault[]> {
    const head = await read.setting.findUnique({ where: { key: HEAD } });
    if ((head?.value ?? '') === (last.id === 0 ? '' : headOf(keys, last.hash))) return [];
    const entries = await read.logEntry.findMany({ orderBy: { id: 'desc' }, take: BATCH });
    const end = entries.find(({ hash }) => headOf(keys, hash) === head?.value);
    if (end) return [{ kind: 'added', from: end.id + 1, to: last.id }];
    return [{ kind: 'missing', from: last.id + 1, to: last.id + 1 }];
  }
}

function fault(kind: LogFault['kind'], id: number): LogFault {
  return { kind, from: id, to: id };
}

type Hashed = Omit<LogEntry, 'hash' | 'criteria'> & { criteria: unknown };

function hashOf(keys: Keys, before: string, entry: Hashed): string {
  const { id, at, moderatorId, decision, submissionId, aboutId, reason, note, hoursWaited } = entry;
  const facts = [id, at.toISOString(), moderatorId, decision, submissionId, aboutId, reason, note];
  const { flag, slogan, embassy } = (entry.criteria ?? {}) as Partial<Criteria>;
  const told = JSON.stringify([before, ...facts, hoursWaited, flag, slogan, embassy]);
  return keys.digest('log', told).toString('base64url');
}

function headOf(keys: Keys, hash: string): string {
  return keys.digest('log-head', hash).toString('base64url');
}
