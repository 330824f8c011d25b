import { setTimeout as sleep } from 'node:timers/promises';
import { takeInventory } from './inventory.ts';
import { openMosaic } from './mosaic.ts';
import { eraseDue } from './retention.ts';
import { sweep } from './sweep.ts';
import type { Tools } from './tools.ts';

const BATCH = 200;
const AGAIN_MS = 250;
/** The service looks every second; what it was doing with a photo is done by then, too. */
const PATIENCE_MS = 60_000;
/** Where nobody knows how many serve: each looks every second, and one of them is slow. */
const OTHERS_MS = 5_000;

/**
 * Ends a campaign: nothing is taken in or shown from now on, and all that was not approved is
 * destroyed. Safe to do again. Returns false when a service that runs has not noticed in time.
 */
export async function stopCampaign(tools: Tools, isServed: boolean): Promise<boolean> {
  const { store, now } = tools;
  await store.stop.begin(now());
  const patienceEnds = Date.now() + PATIENCE_MS;
  while (isServed && !(await store.stop.isSeen())) {
    if (Date.now() > patienceEnds) return false;
    await sleep(AGAIN_MS);
  }
  if (tools.database.shared) await sleep(OTHERS_MS);
  while (!(await isAllGone(tools)) && Date.now() < patienceEnds) await sleep(AGAIN_MS);
  return true;
}

/** What a request under way or a task has left goes at the next turn. */
async function isAllGone(tools: Tools): Promise<boolean> {
  const { store, now } = tools;
  await store.stop.begin(now());
  let count = 0;
  while ((await store.stop.hide(BATCH, now())) > 0);
  do count = await store.retention.endUndecided(BATCH, now());
  while (count > 0);
  await eraseDue(tools);
  await sweep(tools, true, new Set());
  await openMosaic(tools).clear();
  const left = await countStopped(tools);
  return Object.values(left).every((number) => number === 0);
}

/** What a stop destroys, rows and files. */
export async function countStopped(tools: Tools): Promise<Record<string, number>> {
  const { photos, store } = tools;
  const rows = await store.stop.census();
  let unpublished = 0;
  let published = (await photos.mosaics.names()).length;
  for await (const { files, holding } of takeInventory(tools)) {
    published += files.published.length;
    if (holding?.state !== 'approved') unpublished += files.sealed.length;
  }
  return { ...rows, unpublishedFiles: unpublished, publicFiles: published };
}
