import { z } from 'zod';
import { CHANGES_DAYS, type Stretch } from '../store/changes.ts';
import { dayOf } from '../store/day.ts';
import { PUBLIC_NEWS } from '../submission/news.ts';
import { Refusal } from '../submission/refusals.ts';
import { readSealedCursor, writeSealedCursor } from '../web/cursor.ts';
import { changesExample } from './examples.ts';
import type { GalleryTools } from './tools.ts';

const DAY_MS = 86_400_000;
const LIST = 'changes';

export const changesQuery = z.object({
  since: z.string().max(500).optional().meta({
    description: 'The `next` of the answer before. Without it: no items, a first cursor.',
  }),
  limit: z.coerce.number().int().min(1).max(100).default(100),
  lang: z.string().max(35).optional(),
});
export type ChangesQuery = z.output<typeof changesQuery>;

export const changesSchema = z
  .object({
    items: z.array(
      z.object({ id: z.uuid(), change: z.enum(PUBLIC_NEWS) }).meta({ id: 'GalleryChange' }),
    ),
    next: z.string().meta({ description: 'Ask with this as `since` the next time.' }),
    more: z.boolean().meta({ description: 'Whether to ask again at once.' }),
  })
  .meta({ id: 'GalleryChanges', examples: [changesExample] });

/**
 * Where a mirror stands. `upto` is fixed when a round begins and `after` is the last id it was
 * told: so a round is told in the order of random ids, and small pages tell no more than large ones.
 */
interface Place {
  /** When `from` was the newest: changes are kept for so long. */
  day: string;
  from: number;
  round?: { upto: number; day: string; after: string };
}

/** What changed since a cursor. Refuses one that is older than what is remembered. */
export async function readChanges(tools: GalleryTools, { since, limit }: ChangesQuery) {
  const newest = await tools.store.changes.newest();
  const today = dayOf(tools.now());
  if (since === undefined) return answer([], write(tools, { day: today, from: newest }), false);
  const place = readPlace(tools, since, newest);
  const { upto, day, after } = place.round ?? { upto: newest, day: today, after: '' };
  const stretch: Stretch = { from: place.from, upto };
  const rows = await tools.store.changes.list(stretch, limit + 1, after);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length > limit && last) {
    const round = { upto, day, after: last.id };
    return answer(items, write(tools, { ...place, round }), true);
  }
  const moved = upto !== place.from || day !== place.day || place.round;
  return answer(items, moved ? write(tools, { day, from: upto }) : since, false);
}

function answer(items: object[], next: string, more: boolean) {
  return { items, next, more };
}

function write({ keys }: GalleryTools, place: Place): string {
  return writeSealedCursor(keys, LIST, place);
}

/** After an older copy of the database was put back, numbers begin to be used again. */
function readPlace({ keys, now }: GalleryTools, since: string, newest: number): Place {
  const place = readSealedCursor<Place>(keys, LIST, since);
  const oldest = dayOf(new Date(now().getTime() - CHANGES_DAYS * DAY_MS));
  if (place.day < oldest || place.from > newest) throw new Refusal('cursor-too-old');
  return place;
}
