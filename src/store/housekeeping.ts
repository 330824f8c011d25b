import { forgetArrivals } from './arrivals.ts';
import { forgetBlocked } from './blocked.ts';
import { forgetOldNews } from './changes.ts';
import { type Database, type Transaction, touchPast } from './database.ts';
import { asRow, type SubmissionRow } from './rows.ts';
import { forgetSignals } from './signals.ts';

/** What the sweep needs to know of a row to judge its files. */
export type Holding = Pick<
  SubmissionRow,
  'id' | 'state' | 'held' | 'task' | 'dueAt' | 'pictureMonth' | 'renditions'
>;

export interface Housekeeping {
  holdings(ids: string[]): Promise<Map<string, Holding>>;
  /** The next rows behind an id, all of them in the end. */
  after(id: string, limit: number): Promise<Holding[]>;
  /** Ids of all withdrawn photos. */
  withdrawn(): Promise<string[]>;
  /** Erases what has reached its date. Returns how many rows of each kind. */
  eraseExpired(now: Date): Promise<Record<string, number>>;
  /** How many rows of each kind `eraseExpired` would erase. Erases nothing. */
  countExpired(now: Date): Promise<Record<string, number>>;
}

const DAY_MS = 86_400_000;
/** A client that repeats a request does so within a day. */
const IDEMPOTENCY_DAYS = 1;
const OUTBOX_DAYS = 30;

export function openHousekeeping({ read, write }: Database): Housekeeping {
  return {
    async holdings(ids) {
      const rows = await read.submission.findMany({ where: { id: { in: ids } } });
      return new Map(rows.map((row) => [row.id, asRow(row)]));
    },

    async after(id, limit) {
      const where = { id: { gt: id } };
      const rows = await read.submission.findMany({ where, orderBy: { id: 'asc' }, take: limit });
      return rows.map(asRow);
    },

    async withdrawn() {
      const where = { state: 'withdrawn' };
      return (await read.submission.findMany({ where, select: { id: true } })).map(({ id }) => id);
    },

    eraseExpired: (now) => write((tx) => erase(tx, now)),

    async countExpired(now) {
      try {
        await write(async (tx) => {
          throw new OnlyCounted(await erase(tx, now));
        });
      } catch (error) {
        if (error instanceof OnlyCounted) return error.counts;
        throw error;
      }
      return {};
    },
  };
}

/** Ends a transaction that was only made to see what it would do. */
class OnlyCounted extends Error {
  readonly counts: Record<string, number>;

  constructor(counts: Record<string, number>) {
    super('only counted');
    this.counts = counts;
  }
}

async function erase(tx: Transaction, now: Date): Promise<Record<string, number>> {
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const over = { where: { expiresAt: { lt: now } } };
  const addresses = await tx.contact.deleteMany({ where: { eraseAt: { lt: now } } });
  const links = await tx.signInToken.deleteMany(over);
  const challenges = await tx.challenge.deleteMany(over);
  const sessions = await tx.session.deleteMany(over);
  const mails = await tx.outboxMessage.deleteMany({
    where: { state: { in: ['sent', 'given-up', 'dropped'] }, createdAt: { lt: ago(OUTBOX_DAYS) } },
  });
  // Only keys are above '': the few there are lie together in their index.
  const keys = await tx.submission.updateMany({
    where: { idempotencyHash: { gt: '' }, receivedAt: { lt: ago(IDEMPOTENCY_DAYS) } },
    data: { idempotencyHash: null },
  });
  if (addresses.count + mails.count > 0) touchPast(tx);
  return {
    addresses: addresses.count,
    links: links.count,
    challenges: challenges.count,
    sessions: sessions.count,
    mails: mails.count,
    idempotencyKeys: keys.count,
    changes: await forgetOldNews(tx, now),
    blocked: await forgetBlocked(tx, now),
    signals: await forgetSignals(tx, now),
    arrivals: await forgetArrivals(tx, now),
  };
}
