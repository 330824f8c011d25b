import { z } from 'zod';
import type { Say } from '../i18n/say.ts';
import type { DeskCursor } from '../store/desk.ts';
import { Refusal } from '../submission/refusals.ts';
import { STATES } from '../submission/states.ts';
import { readCursor, writeCursor } from '../web/cursor.ts';
import { listQuery } from '../web/schemas.ts';
import { describeRows } from './items.ts';
import type { QueueItem } from './pages/item.ts';
import type { ModerationTools } from './tools.ts';

export const queueQuery = listQuery.extend({
  state: z.enum(STATES).default('waiting'),
  lang: z.string().max(35).optional(),
});
export type QueueQuery = z.output<typeof queueQuery>;

export const logQuery = listQuery.extend({ lang: z.string().max(35).optional() });
export type LogQuery = z.output<typeof logQuery>;

/** A page of the moderation queue, oldest first. */
export async function readQueue(
  tools: ModerationTools,
  { state, limit, cursor }: QueueQuery,
  say: Say,
): Promise<{ items: QueueItem[]; nextCursor: string | null; total: number }> {
  const { store, keys } = tools;
  const after = cursor ? readCursor<DeskCursor>(keys, `queue ${state}`, cursor) : undefined;
  const rows = await store.desk.list(state, limit + 1, after);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = last && rows.length > limit;
  const place = more && { receivedAt: last.receivedAt.getTime(), id: last.id };
  return {
    items: await describeRows(tools, shown, say),
    nextCursor: place ? writeCursor(keys, `queue ${state}`, place) : null,
    total: await store.desk.count(state),
  };
}

/** One submission. Refuses with `not-found`. */
export async function readSubmission(
  tools: ModerationTools,
  id: string,
  say: Say,
): Promise<QueueItem> {
  const row = await tools.store.desk.byId(id);
  const [item] = row ? await describeRows(tools, [row], say) : [];
  if (!item) throw new Refusal('not-found');
  return item;
}

/** A page of the log, newest first. */
export async function readLog(tools: ModerationTools, { limit, cursor }: LogQuery) {
  const { store, keys } = tools;
  const before = cursor ? readCursor<{ id: number }>(keys, 'log', cursor).id : undefined;
  const entries = await store.log.list(limit + 1, before);
  const shown = entries.slice(0, limit);
  const names = await store.moderators.names(shown.map(({ moderatorId }) => moderatorId));
  const last = shown.at(-1);
  return {
    items: shown.map((entry) => ({
      at: entry.at.toISOString(),
      moderator: names.get(entry.moderatorId ?? '') ?? '',
      decision: entry.decision,
      submissionId: entry.submissionId,
      reason: entry.reason,
      note: entry.note,
      criteria: entry.criteria as Record<string, boolean> | null,
    })),
    nextCursor: last && entries.length > limit ? writeCursor(keys, 'log', { id: last.id }) : null,
  };
}
