import { z } from 'zod';
import type { LogCursor, LogFilter } from '../store/log.ts';
import { ACTS } from '../submission/acts.ts';
import { REJECTION_REASONS } from '../submission/states.ts';
import { readCursor, writeCursor } from '../web/cursor.ts';
import { listQuery } from '../web/schemas.ts';
import type { LogRow } from './pages/log.tsx';
import type { ModerationTools } from './tools.ts';

/** Stands for deeds that were done at the command line. */
export const COMMAND_LINE = 'command-line';
const DAY_MS = 86_400_000;
const BATCH = 500;

/** An empty field of a form is a field left out. */
const optional = <T extends z.ZodType>(type: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), type.optional());
const day = z.iso.date();

const filterFields = {
  person: optional(z.union([z.uuid(), z.literal(COMMAND_LINE)])).meta({
    description: `A moderator’s id, or ${COMMAND_LINE}.`,
  }),
  act: optional(z.enum(ACTS)),
  reason: optional(z.enum(REJECTION_REASONS)),
  photo: optional(z.string().trim().toLowerCase().max(100)).meta({
    description: 'A submission’s id, or how it begins.',
  }),
  from: optional(day).meta({ description: 'First day, in UTC.' }),
  to: optional(day).meta({ description: 'Last day, in UTC.' }),
  lang: z.string().max(35).optional(),
};

export const logFilter = z.object(filterFields);
export const logQuery = listQuery.extend(filterFields);
export type LogChoice = z.output<typeof logFilter>;
export type LogQuery = z.output<typeof logQuery>;

export const logSchema = z
  .object({
    items: z.array(
      z.object({
        number: z.number().int(),
        at: z.string(),
        moderator: z.string().meta({ description: 'Empty: somebody at the command line.' }),
        decision: z.string(),
        submissionId: z.string().nullable(),
        about: z.string().nullable().meta({ description: 'The moderator it was done to.' }),
        reason: z.string().nullable(),
        note: z.string().nullable(),
        criteria: z.record(z.string(), z.boolean()).nullable(),
        hoursWaited: z.number().int().nullable(),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'Log' });

/** A page of the log, newest first. Refuses with `cursor-invalid`. */
export async function readLog(tools: ModerationTools, { limit, cursor, ...choice }: LogQuery) {
  const { keys } = tools;
  const after = cursor ? readCursor<LogCursor>(keys, 'log', cursor) : undefined;
  const rows = await readRows(tools, limit + 1, choice, after);
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? writeCursor(keys, 'log', placeOf(last)) : null };
}

/** Everything that was chosen, newest first, read a batch at a time. */
export async function* readWholeLog(
  tools: ModerationTools,
  choice: LogChoice,
): AsyncGenerator<LogRow> {
  let after: LogCursor | undefined;
  for (;;) {
    const rows = await readRows(tools, BATCH, choice, after);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    after = placeOf(last);
  }
}

/** Everybody who may stand in the log, by id, also those long gone. */
export async function readPeople({ store }: ModerationTools): Promise<Map<string, string>> {
  return store.moderators.names(await store.log.people());
}

async function readRows(
  { store }: ModerationTools,
  limit: number,
  choice: LogChoice,
  after: LogCursor | undefined,
): Promise<LogRow[]> {
  const entries = await store.log.list(limit, filterOf(choice), after);
  const people = entries.flatMap(({ moderatorId, aboutId }) => [moderatorId, aboutId]);
  const names = await store.moderators.names(people);
  const nameOf = (id: string | null) => id && (names.get(id) ?? id);
  return entries.map(({ id, at, moderatorId, aboutId, criteria, hash: _, ...rest }) => ({
    ...rest,
    number: id,
    at: at.toISOString(),
    moderator: nameOf(moderatorId) ?? '',
    about: nameOf(aboutId),
    criteria: criteria as LogRow['criteria'],
  }));
}

function filterOf({ person, act, reason, photo, from, to }: LogChoice): LogFilter {
  return {
    ...(person && { moderatorId: person === COMMAND_LINE ? null : person }),
    ...(act && { decision: act }),
    ...(reason && { reason }),
    ...(photo && { submission: photo }),
    ...(from && { from: new Date(from) }),
    ...(to && { until: new Date(Date.parse(to) + DAY_MS) }),
  };
}

function placeOf({ at, number }: LogRow): LogCursor {
  return { at: Date.parse(at), id: number };
}
