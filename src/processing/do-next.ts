import type { Job } from '../store/jobs.ts';
import type { Task } from '../submission/states.ts';
import { makeCard } from './card.ts';
import { cleanPhoto } from './clean.ts';
import { coverPhoto } from './cover.ts';
import { type HoldTimes, hold } from './hold.ts';
import { mend } from './mend.ts';
import { encodePhoto, publishPhoto, removePhoto } from './publish.ts';
import type { Tools } from './tools.ts';
import { growingWait } from './waits.ts';

/** Renewed while a task is done, so that one whose process died is soon taken over. */
const TIMES: HoldTimes = { leaseMs: 15_000, renewMs: 4_000 };
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
export async function doNext(tools: Tools, tasks: Task[], times = TIMES): Promise<boolean> {
  const asked = performance.now();
  const job = await tools.store.jobs.claim(tasks, tools.now(), times.leaseMs);
  if (!job) return false;
  const held = hold(tools, job, asked, times);
  let inTime = false;
  try {
    const outcome = await act({ ...tools, photos: held.photos }, job);
    if (outcome !== 'goes-on') tools.bell.settled(job.row.id);
  } finally {
    inTime = held.end();
  }
  if (!inTime) await mend(tools, job);
  return true;
}

async function act(tools: Tools, job: Job): Promise<unknown> {
  try {
    return await ACTS[job.task](tools, job);
  } catch (err) {
    tools.log.error({ err, task: job.task, id: job.row.id }, 'task failed');
    const wait = growingWait(FIRST_RETRY_MS, job.attempts, LONGEST_RETRY_MS);
    const dueAt = new Date(tools.now().getTime() + wait);
    await tools.store.jobs.postpone(job, dueAt, (err as Error).name);
  }
}
