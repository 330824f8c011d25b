import type { PublicNews } from '../submission/news.ts';
import type { Change } from './change.ts';
import type { Database, Transaction } from './database.ts';
import { dayOf } from './day.ts';
import { queuePurge } from './purges.ts';
import type { SubmissionRow } from './rows.ts';
import { tellWebhooks } from './webhook-deliveries.ts';

const DAY_MS = 86_400_000;
/** Days a change is remembered: a mirror that was away for longer starts over. */
export const CHANGES_DAYS = 30;

/** A stretch of changes: those numbered after `from`, up to `upto`. */
export interface Stretch {
  from: number;
  upto: number;
}

export interface ChangeRow {
  id: string;
  change: PublicNews;
}

/** What mirrors of the gallery have to hear of. Each photo is in it once, as it stands now. */
export interface Changes {
  /** The number of the newest change; 0 before the first. */
  newest(): Promise<number>;
  /** Changes in the order of the photos' random ids, so that no place tells when one happened. */
  list(stretch: Stretch, limit: number, afterId?: string): Promise<ChangeRow[]>;
}

export function openChanges({ read }: Database): Changes {
  return {
    newest: () => newestOf(read),

    async list({ from, upto }, limit, afterId) {
      const rows = await read.publicChange.findMany({
        where: {
          seq: { gt: from, lte: upto },
          ...(afterId && { submissionId: { gt: afterId } }),
        },
        orderBy: { submissionId: 'asc' },
        take: limit,
      });
      return rows.map(({ submissionId, change }) => ({
        id: submissionId,
        change: change as PublicNews,
      }));
    },
  };
}

/** What readers see of a photo, beside its pictures. */
const WORDS = ['embassySlug', 'city', 'name', 'message', 'alt'] as const;

/** What a change of a row is to readers; null when they see nothing of it. */
function newsOf(before: SubmissionRow, values: Change): PublicNews | null {
  const { pictureMonth = before.pictureMonth } = values;
  if (!pictureMonth) return before.pictureMonth ? 'withdrawn' : null;
  const isSeen = isTold(before, values) || values.renditions !== undefined;
  return isSeen ? 'approved' : null;
}

/** More pictures of the same photo are nothing to call anybody for. */
function isTold(before: SubmissionRow, { pictureMonth, ...values }: Change): boolean {
  const moved = pictureMonth !== undefined && pictureMonth !== before.pictureMonth;
  return moved || WORDS.some((column) => values[column] !== undefined);
}

/**
 * Remembers what readers have to hear of a changed photo, under a new number and in place of what
 * was before, and has the webhooks and, of what is gone, the caches told.
 */
export async function rememberNews(tx: Transaction, before: SubmissionRow, values: Change) {
  const change = newsOf(before, values);
  if (!change) return;
  const { id: submissionId } = before;
  await tx.publicChange.deleteMany({ where: { submissionId } });
  await tx.publicChange.create({ data: { submissionId, change, day: dayOf(new Date()) } });
  if (change === 'withdrawn') await queuePurge(tx, submissionId);
  if (isTold(before, values)) await tellWebhooks(tx, submissionId, change);
}

/** Forgets old changes, all but the newest: its number tells how far the numbers have come. */
export async function forgetOldNews(tx: Transaction, now: Date): Promise<number> {
  const day = { lt: dayOf(new Date(now.getTime() - (CHANGES_DAYS + 1) * DAY_MS)) };
  const seq = { lt: await newestOf(tx) };
  const { count } = await tx.publicChange.deleteMany({ where: { day, seq } });
  return count;
}

async function newestOf(client: Pick<Transaction, 'publicChange'>): Promise<number> {
  const where = { seq: { gt: 0 } };
  const row = await client.publicChange.findFirst({ where, orderBy: { seq: 'desc' } });
  return row?.seq ?? 0;
}
