import { z } from 'zod';
import { embassyName } from '../campaign/embassy-name.ts';
import type { Say } from '../i18n/say.ts';
import { WEEK_MS } from '../store/numbers.ts';
import type { ModerationTools } from './tools.ts';

export const WEEKS = 26;
const TOP_EMBASSIES = 20;
/** 5 January 1970 was a Monday. */
const FIRST_MONDAY_MS = 4 * 86_400_000;

const count = z.number().int();
const named = { name: z.string(), count };

export const numbersSchema = z
  .object({
    weeks: z.array(
      z.object({
        from: z.string().meta({ description: 'Its Monday, in UTC.' }),
        received: count,
        approved: count,
        rejected: count,
      }),
    ),
    waited: z
      .object({ decisions: count, medianHours: count, p95Hours: count })
      .nullable()
      .meta({ description: 'From receipt to decision; null without a decision.' }),
    reasons: z.array(z.object({ reason: z.string(), count })),
    embassies: z.array(z.object({ slug: z.string(), ...named })),
    moderators: z
      .array(z.object({ ...named, approved: count, rejected: count, reopened: count }))
      .nullable()
      .meta({ description: 'For admins only.' }),
  })
  .meta({ id: 'Numbers' });
export type Figures = z.output<typeof numbersSchema>;

/** What happened in the last half year, up to now. `admin`: also what each moderator did. */
export async function readNumbers(
  { store, embassies, now }: ModerationTools,
  say: Say,
  admin: boolean,
): Promise<Figures> {
  const { numbers } = store;
  const since = mondayBefore(now().getTime() - (WEEKS - 1) * WEEK_MS);
  const top = await numbers.embassies(TOP_EMBASSIES);
  const weeks = await numbers.weeks(since, WEEKS);
  return {
    weeks: weeks.map((week) => ({ ...week, from: week.from.toISOString().slice(0, 10) })),
    waited: summary(await numbers.waits(since)),
    reasons: await numbers.reasons(since),
    embassies: top.map(({ slug, count }) => {
      const embassy = embassies.get(slug);
      return { slug, name: embassy ? embassyName(say, embassy) : slug, count };
    }),
    moderators: admin ? await readModerators(store, since) : null,
  };
}

async function readModerators(
  { numbers, moderators }: ModerationTools['store'],
  since: Date,
): Promise<NonNullable<Figures['moderators']>> {
  const rows = await numbers.moderators(since);
  const names = await moderators.names(rows.map(({ id }) => id));
  return rows.map(({ id, counts }) => ({
    name: names.get(id ?? '') ?? '',
    count: counts.approved + counts.rejected + counts.reopened,
    ...counts,
  }));
}

function mondayBefore(time: number): Date {
  const weeks = Math.floor((time - FIRST_MONDAY_MS) / WEEK_MS);
  return new Date(weeks * WEEK_MS + FIRST_MONDAY_MS);
}

type Waits = readonly { hours: number; count: number }[];

function summary(waits: Waits): Figures['waited'] {
  const decisions = waits.reduce((sum, { count }) => sum + count, 0);
  if (decisions === 0) return null;
  const at = (share: number) => percentile(waits, decisions, share);
  return { decisions, medianHours: at(0.5), p95Hours: at(0.95) };
}

/** The hours that this share of all had waited at most (nearest rank). */
function percentile(waits: Waits, total: number, share: number): number {
  let rank = Math.ceil(total * share);
  for (const { hours, count } of waits) {
    rank -= count;
    if (rank <= 0) return hours;
  }
  return waits.at(-1)?.hours ?? 0;
}
