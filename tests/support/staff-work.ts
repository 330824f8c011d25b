import { setTimeout as sleep } from 'node:timers/promises';
import { pick } from './dice.ts';
import { approve, reject, reopen, type Staff, withReceipt } from './people.ts';
import type { Planted } from './plant.ts';
import type { Service } from './service.ts';

/** What was acknowledged about planted submissions, whatever was killed in between. */
export interface Acknowledgements {
  decisions: number;
  withdrawn: Set<string>;
}

const COME_BACK_MS = 50;

/** A moderator who approves, rejects and reopens at random until `stopped`. */
export async function moderate(
  staff: Staff,
  random: () => number,
  stopped: () => boolean,
  done: Acknowledgements,
): Promise<void> {
  while (!stopped()) {
    const response = await decideSomething(staff, random).catch(() => null);
    if (response?.ok) done.decisions++;
    else await sleep(COME_BACK_MS);
  }
}

/** Null when nothing is in the state that was drawn. */
async function decideSomething(staff: Staff, random: () => number): Promise<Response | null> {
  const state = pick(random, ['waiting', 'waiting', 'approved', 'rejected']);
  const list = await staff.get(`/api/v1/moderation/submissions?limit=100&state=${state}`);
  const { items } = (await list.json()) as { items: { id: string; version: number }[] };
  if (items.length === 0) return null;
  const { id, version } = pick(random, items);
  const act = state !== 'waiting' ? reopen : random() < 0.8 ? approve : reject;
  return act(staff, id, version);
}

/** Supporters who take their photos back, one after the other, until each has been told so. */
export async function takeBack(
  service: Service,
  planted: Planted[],
  stopped: () => boolean,
  done: Acknowledgements,
): Promise<void> {
  for (const { id, receipt } of planted) {
    while (!done.withdrawn.has(id)) {
      if (stopped()) return;
      const response = await withReceipt(service, receipt, 'DELETE').catch(() => null);
      if (response?.status === 204) done.withdrawn.add(id);
      else await sleep(COME_BACK_MS);
    }
    await sleep(COME_BACK_MS);
  }
}
