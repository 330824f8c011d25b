import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from '../store/jobs.ts';
import type { Tools } from './tools.ts';

const LEASE_MS = 60_000;
const AGAIN_MS = 1_000;
const TRIES = 120;

/**
 * This process stood still past its lease in the middle of a job, and a write that was under way
 * may have come after what others did meanwhile. As soon as nobody works on the photo, what must
 * not be there goes; should this process end before, the hourly sweep does it.
 */
export async function mend(tools: Tools, { row: { id } }: Job): Promise<void> {
  const { store, photos } = tools;
  const taken = await take(tools, id);
  if (!taken) return;
  try {
    if (!taken.row.held) await photos.erase(id);
    else if (!taken.row.pictureMonth) await photos.retract(id);
  } finally {
    await store.jobs.release(taken);
  }
}

async function take({ store, now }: Tools, id: string) {
  for (let tries = TRIES; tries > 0; tries--) {
    const taken = await store.leases.take(id, now(), new Date(now().getTime() + LEASE_MS));
    if (taken) return taken;
    await sleep(AGAIN_MS);
  }
  return null;
}
