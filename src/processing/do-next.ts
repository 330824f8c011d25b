import type { Job } from '../store/jobs.ts';
import type { Task } from '../submission/states.ts';
import { makeCard } from './card.ts';
import { cleanPhoto } from './clean.ts';
import { coverPhoto } from './cover.ts';
import { encodePhoto, publishPhoto, removePhoto } from './publish.ts';
import type { Tools } from './tools.ts';
import { growingWait } from './waits.ts';

/** Longer than any task takes, waits for workers included. */
const LEASE_MS = 2 * 60_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 10 * 60_000;

/** An act that resolves with `goes-on` has left the rest to another lane. */
const ACTS: Record<Task, (tools: Tools, job: Job) => Promise<unknown>> = {
  clean: cleanPhoto,
  'clean-heavy': cleanPhoto,
  cover: coverPhoto,
  publish: publishPhoto,
  encode: encodePhoto,
  card: makeCard,
  retract: removePhoto,
  erase: removePhoto,
};

/** Claims one job and does it. What fails unexpectedly is tried again, each time later. */
export async function doNext(tools: Tools, tasks: Task[]): Promise<boolean> {
  const job = await tools.store.jobs.claim(tasks, tools.now(), LEASE_MS);
  if (!job) return false;
  try {
    if ((await ACTS[job.task](tools, job)) === 'goes-on') return true;
  } catch (err) {
    tools.log.error({ err, task: job.task, id: job.row.id }, 'task failed');
    const wait = growingWait(FIRST_RETRY_MS, job.attempts, LONGEST_RETRY_MS);
    const dueAt = new Date(tools.now().getTime() + wait);
    await tools.store.jobs.postpone(job, dueAt, (err as Error).name);
  }
  tools.bell.settled(job.row.id);
  return true;
}
