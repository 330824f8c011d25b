import type { Holding } from '../store/housekeeping.ts';
import { isKeepingOver } from '../submission/campaign-end.ts';
import { doNext } from './do-next.ts';
import { takeInventory } from './inventory.ts';
import type { Tools } from './tools.ts';

const BATCH = 200;

/** Whether the time is over for which anything is kept that is not public. */
export function isPastKeeping({ config, store, now }: Tools): boolean {
  const ends = [config.campaignEnd, store.stop.day() ?? undefined];
  return ends.some((day) => isKeepingOver(day, now()));
}

/** Orders the erasure of all that is not public once its time is over. Returns how many photos. */
export async function endUnpublished(tools: Tools): Promise<number> {
  if (!isPastKeeping(tools)) return 0;
  let ended = 0;
  for (let count = BATCH; count === BATCH; ended += count) {
    count = await tools.store.retention.endUnpublished('campaign-over', BATCH, tools.now());
  }
  if (ended > 0) tools.bell.ring();
  return ended;
}

/** What has reached its date, by kind. Changes nothing. */
export async function countRetention(tools: Tools): Promise<Record<string, number>> {
  const { store, now } = tools;
  const over = isPastKeeping(tools);
  return {
    photos: await store.retention.countDue(now()),
    unpublished: over ? await store.retention.countUnpublished(now()) : 0,
    masters: over ? await countMasters(tools) : 0,
    ...(await store.housekeeping.countExpired(now())),
  };
}

/** Does all erasures that are due and that no other process has begun. */
export async function eraseDue(tools: Tools): Promise<void> {
  while (await doNext(tools, ['erase', 'retract']));
}

/** What is public needs its largest picture no more: a cover is painted into the second largest. */
export function isMasterSpent({ pictureMonth, task }: Holding): boolean {
  return pictureMonth !== null && !task;
}

async function countMasters(tools: Tools): Promise<number> {
  let count = 0;
  for await (const { files, holding } of takeInventory(tools)) {
    if (holding && files.sealed.includes('master') && isMasterSpent(holding)) count++;
  }
  return count;
}
