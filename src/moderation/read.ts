import { z } from 'zod';
import type { Say } from '../i18n/say.ts';
import type { DeskCursor, DeskFilter, DeskRow } from '../store/desk.ts';
import { EXPOSURES } from '../submission/exposure.ts';
import { Refusal } from '../submission/refusals.ts';
import { STATES } from '../submission/states.ts';
import { readCursor, writeCursor } from '../web/cursor.ts';
import { listQuery } from '../web/schemas.ts';
import { describeRows } from './items.ts';
import type { QueueFilter, QueueItem } from './pages/item.ts';
import type { ModerationTools } from './tools.ts';

const filterFields = {
  state: z.enum(STATES).default('waiting'),
  embassy: z.string().max(100).optional(),
  exposure: z.enum(EXPOSURES).optional(),
  warned: z.literal('yes').optional(),
  aside: z.literal('yes').optional(),
};
/** An empty field of a form is a field left out. */
const filled = (query: unknown) =>
  Object.fromEntries(Object.entries(query as object).filter(([, value]) => value !== ''));

export const filterQuery = z.preprocess(
  filled,
  z.object({ ...filterFields, lang: z.string().max(35).optional() }),
);
export const queueQuery = z.preprocess(
  filled,
  listQuery.extend({
    ...filterFields,
    view: z.enum(['grid', 'list']).default('grid'),
    lang: z.string().max(35).optional(),
  }),
);
export type QueueQuery = z.output<typeof queueQuery>;

/** Photos looked through for one that no colleague has open. */
const LOOK_AHEAD = 20;

/** A page of the moderation queue, oldest first. */
export async function readQueue(
  tools: ModerationTools,
  query: QueueQuery,
  say: Say,
  readerId: string,
): Promise<{ items: QueueItem[]; nextCursor: string | null; total: number }> {
  const { store, keys } = tools;
  const { limit, cursor } = query;
  const filter = asDeskFilter(query);
  const list = `queue ${JSON.stringify(filter)}`;
  const after = cursor ? readCursor<DeskCursor>(keys, list, cursor) : undefined;
  const rows = await store.desk.list(filter, limit + 1, after);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: await describeRows(tools, shown, say, readerId),
    nextCursor: last && rows.length > limit ? writeCursor(keys, list, placeOf(last)) : null,
    total: await store.desk.count(filter),
  };
}

/** One submission. Refuses with `not-found`. */
export async function readSubmission(
  tools: ModerationTools,
  id: string,
  say: Say,
  readerId: string,
): Promise<QueueItem> {
  const row = await tools.store.desk.byId(id);
  const [item] = row ? await describeRows(tools, [row], say, readerId) : [];
  if (!item) throw new Refusal('not-found');
  return item;
}

/**
 * The next photo of a list behind `id`, or from its start behind the last one: one that no
 * colleague has open, if there is any. Null when there is no other.
 */
export async function nextOf(
  { store, now }: ModerationTools,
  filter: QueueFilter,
  id: string | null,
  readerId: string,
): Promise<string | null> {
  const row = id ? await store.desk.byId(id) : null;
  const wanted = asDeskFilter(filter);
  const behind = row ? await store.desk.list(wanted, LOOK_AHEAD, placeOf(row)) : [];
  const rows = [...behind, ...(await store.desk.list(wanted, LOOK_AHEAD))];
  const others = rows.map((each) => each.id).filter((each) => each !== id);
  const claims = await store.claims.of(others, now());
  const free = others.find((each) => (claims.get(each)?.moderatorId ?? readerId) === readerId);
  return free ?? others[0] ?? null;
}

/** The photo before `id` in a list. */
export async function previousOf(
  { store }: ModerationTools,
  filter: QueueFilter,
  id: string,
): Promise<string | null> {
  const row = await store.desk.byId(id);
  return row && store.desk.previous(asDeskFilter(filter), placeOf(row));
}

/** Nothing but the filter: cursors are bound to it, and a query says more, such as the cursor. */
export function asDeskFilter(query: QueueFilter): DeskFilter {
  const { state, embassy, exposure, warned, aside } = query;
  return { state, embassy, exposure, ...(warned && { warned: true }), aside: aside === 'yes' };
}

function placeOf({ receivedAt, id }: DeskRow): DeskCursor {
  return { receivedAt: receivedAt.getTime(), id };
}
