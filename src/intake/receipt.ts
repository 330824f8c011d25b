import type { ReceiptRow } from '../store/submissions.ts';
import { type Exposure, isLowerExposure } from '../submission/exposure.ts';
import { readReceipt } from '../submission/receipt.ts';
import { Refusal } from '../submission/refusals.ts';
import { hashReceipt } from './make-receipt.ts';
import type { IntakeTools } from './tools.ts';

/** How long a withdrawal waits to see the files gone; they are unreachable before that. */
const PATIENCE_MS = 2_000;

/** The submission of a receipt as typed. Whatever is wrong with it gets one and the same refusal. */
export async function findByReceipt(tools: IntakeTools, typed: string): Promise<ReceiptRow> {
  // A malformed receipt takes the same way as an unknown one, so that neither answers faster.
  const receipt = readReceipt(typed) ?? '';
  const row = await tools.store.submissions.byReceipt(hashReceipt(tools, receipt));
  if (!row) throw new Refusal('receipt-unknown');
  return row;
}

export async function lowerExposure(
  tools: IntakeTools,
  typed: string,
  exposure: Exposure,
): Promise<ReceiptRow> {
  const { id, exposure: current } = await findByReceipt(tools, typed);
  if (current !== exposure) {
    if (!isLowerExposure(current, exposure)) throw new Refusal('exposure-wider');
    const settled = tools.bell.whenSettled(id, PATIENCE_MS);
    if (exposure !== 'shown') await tools.takenBack.add(id, exposure);
    const lowered = await tools.store.submissions.lowerExposure(id, exposure, tools.now());
    if (!lowered) throw new Refusal('not-possible-now');
    tools.bell.ring();
    const { task } = await findByReceipt(tools, typed);
    if (task === 'retract' || task === 'erase') await settled;
  }
  return findByReceipt(tools, typed);
}

/**
 * Takes a photo back for good. The row says so first, which hides it everywhere at once; then
 * the files go, here and again by the clock, which waits for whoever may still be writing them.
 */
export async function withdraw(tools: IntakeTools, typed: string): Promise<ReceiptRow> {
  const { id } = await findByReceipt(tools, typed);
  await tools.store.submissions.withdraw(id, tools.now());
  // A disk in trouble must not make it look undone: nobody sees the files, and the clock tries again.
  await tools.photos.erase(id).catch(() => undefined);
  tools.bell.ring();
  await untilErased(tools, id);
  return findByReceipt(tools, typed);
}

/** Whoever was writing files of it meanwhile has stopped, and they are gone, too. */
async function untilErased({ store, bell }: IntakeTools, id: string): Promise<void> {
  const patienceEnds = Date.now() + PATIENCE_MS;
  for (let left = PATIENCE_MS; left > 0; left = patienceEnds - Date.now()) {
    const settled = bell.whenSettled(id, left);
    const row = await store.submissions.byId(id);
    if (!row?.held) return;
    await settled;
  }
}
