import type { Hidden } from '../store/brake.ts';
import type { DecisionOrder } from '../store/decisions.ts';
import { decideAll } from './decide.ts';
import type { ModerationTools } from './tools.ts';

/** As long as rejected photos are kept. */
const DAYS = 7;

/** From when on something hidden can be taken back. */
export function takeBackFrom(now: Date): Date {
  return new Date(now.getTime() - DAYS * 86_400_000);
}

/**
 * Takes back everything a colleague hid in the last seven days and nobody has decided about since:
 * rejected photos wait again, unpublished ones are public again. For a session that was stolen. Returns how many.
 */
export async function takeBack(
  tools: ModerationTools,
  culpritId: string,
  moderatorId: string,
): Promise<number> {
  const hidden = await tools.store.brake.hiddenBy(culpritId, takeBackFrom(tools.now()));
  const orders = await Promise.all(hidden.map((each) => orderFor(tools, each, moderatorId)));
  const outcomes = await decideAll(tools, orders.flat());
  return outcomes.filter(({ status }) => status === 200).length;
}

async function orderFor(
  { store }: ModerationTools,
  { submissionId: id, approved }: Hidden,
  moderatorId: string,
): Promise<DecisionOrder[]> {
  const row = await store.desk.byId(id);
  if (!row) return [];
  const order = { id, version: row.version, moderatorId };
  if (row.state === 'rejected') return [{ ...order, decision: 'reopened' }];
  if (row.state !== 'waiting' || !approved) return [];
  return [{ ...order, decision: 'approved', criteria: approved }];
}
