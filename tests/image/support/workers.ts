import type { CleanJob, CleanOutcome, ImageWorkers } from '../../../src/image/workers.ts';

/** Cleans a photo as the clock does: at once, or in the heavy lane when that is what it takes. */
export async function cleanAny(workers: ImageWorkers, job: CleanJob): Promise<CleanOutcome> {
  const outcome = await workers.clean(job, false);
  return outcome === 'heavy' ? cleanHeavy(workers, job) : outcome;
}

async function cleanHeavy(workers: ImageWorkers, job: CleanJob): Promise<CleanOutcome> {
  const outcome = await workers.clean(job, true);
  if (outcome === 'heavy') throw new Error('It may be heavy');
  return outcome;
}
