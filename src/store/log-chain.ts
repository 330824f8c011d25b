import type { Keys } from '../keys.ts';
import type { Criteria } from '../submission/states.ts';
import type { Database } from './database.ts';
import type { LogEntry } from './generated/client.ts';

/** What is wrong with the log: entries `from` to `to`. */
export interface LogFault {
  kind: 'changed' | 'missing' | 'added';
  from: number;
  to: number;
}

/** The setting that says which entry is the last. */
export const LOG_HEAD = 'log-head';
const BATCH = 1000;

/** Reads the whole chain, a batch at a time. Nothing is wrong when it finds no fault. */
export async function verifyChain(
  { read }: Pick<Database, 'read'>,
  keys: Keys,
): Promise<{ entries: number; faults: LogFault[] }> {
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
  return { entries: last.id, faults: [...faults, ...(await judgeEnd(read, keys, last))] };
}

/** Whether the last entry is the one that was written last. */
async function judgeEnd(
  read: Database['read'],
  keys: Keys,
  last: { id: number; hash: string },
): Promise<LogFault[]> {
  const head = await read.setting.findUnique({ where: { key: LOG_HEAD } });
  if ((head?.value ?? '') === (last.id === 0 ? '' : headOf(keys, last.hash))) return [];
  const entries = await read.logEntry.findMany({ orderBy: { id: 'desc' }, take: BATCH });
  const end = entries.find(({ hash }) => headOf(keys, hash) === head?.value);
  if (end) return [{ kind: 'added', from: end.id + 1, to: last.id }];
  return [fault('missing', last.id + 1)];
}

function fault(kind: LogFault['kind'], id: number): LogFault {
  return { kind, from: id, to: id };
}

type Hashed = Omit<LogEntry, 'hash' | 'criteria'> & { criteria: unknown };

/** Covers an entry and the hash of the one `before` it; only the key makes it. */
export function hashOf(keys: Keys, before: string, entry: Hashed): string {
  const { id, at, moderatorId, decision, submissionId, aboutId, reason, note, hoursWaited } = entry;
  const facts = [id, at.toISOString(), moderatorId, decision, submissionId, aboutId, reason, note];
  const { flag, slogan, embassy } = (entry.criteria ?? {}) as Partial<Criteria>;
  const told = JSON.stringify([before, ...facts, hoursWaited, flag, slogan, embassy]);
  return keys.digest('log', told).toString('base64url');
}

/** What `LOG_HEAD` holds while the entry of this hash is the last. */
export function headOf(keys: Keys, hash: string): string {
  return keys.digest('log-head', hash).toString('base64url');
}
