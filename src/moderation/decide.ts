import type { DecisionOrder, DecisionOutcome } from '../store/decisions.ts';
import type { SubmissionRow } from '../store/rows.ts';
import { Refusal, type RefusalCode } from '../submission/refusals.ts';
import type { ModerationTools } from './tools.ts';

/** How long an answer waits to see its files written or removed. */
export const PATIENCE_MS = 3_000;

const REFUSAL: Record<'stale' | 'impossible' | 'covers-needed' | 'braked', RefusalCode> = {
  stale: 'decided-already',
  impossible: 'not-possible-now',
  'covers-needed': 'covers-needed',
  braked: 'brake-on',
};

/** How a submission stands, for somebody whose decision came too late. */
export interface Current {
  state: string;
  version: number;
  decidedBy: string | null;
  reason: string | null;
}

/**
 * The one way a moderator decides, from the page, the API and in bulk. Refuses with `not-found`,
 * or with `decided-already`, `not-possible-now`, `covers-needed` and how it stands (`current`).
 */
export async function decide(tools: ModerationTools, order: DecisionOrder): Promise<SubmissionRow> {
  const settled = tools.bell.whenSettled(order.id, PATIENCE_MS);
  const row = await accepted(tools, await tools.store.decisions.decide(order, tools.now()));
  tools.bell.ring();
  if (row.task === 'publish' || row.task === 'retract') await settled;
  return row;
}

/** The row as it stands after what a moderator asked for; throws what hindered it. */
export async function accepted(tools: ModerationTools, outcome: DecisionOutcome) {
  if (outcome.kind === 'unknown') throw new Refusal('not-found');
  if (outcome.kind === 'done') return outcome.row;
  const current = await describe(tools, outcome.row);
  throw new Refusal(REFUSAL[outcome.kind], { extra: { current } });
}

/** Each order gets an outcome of its own; none hinders another. */
export async function decideAll(tools: ModerationTools, orders: DecisionOrder[]) {
  return Promise.all(
    orders.map(async (order) => {
      try {
        const { id, state, version } = await decide(tools, order);
        return { id, status: 200, state, version };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { id: order.id, status: error.status, code: error.code, ...error.extra };
      }
    }),
  );
}

export async function describe({ store }: ModerationTools, row: SubmissionRow): Promise<Current> {
  const names = await store.moderators.names([row.decidedBy]);
  const { state, version, reason } = row;
  return { state, version, reason, decidedBy: names.get(row.decidedBy ?? '') ?? null };
}
