import { type Embassy, isNear } from '../campaign/embassies.ts';
import { type CleanPhoto, WorkerLost } from '../image/workers.ts';
import type { Job } from '../store/jobs.ts';
import type { Check, KeptFacts } from '../submission/photo.ts';
import type { PhotoRefusalCode } from '../submission/refusals.ts';
import type { RenditionSide } from '../submission/renditions.ts';
import { sealPictures } from './seal.ts';
import type { Tools } from './tools.ts';

/** Marks a job whose worker process died once; a second death is the photo's fault. */
const WORKER_LOST = 'worker-lost';

/**
 * Turns the sealed original into sealed clean pictures, or refuses it. The original goes only
 * when the clean pictures are durable and the row says so; a refused one goes at once. Resolves
 * with `goes-on` when the photo is left to the lane of the costly ones.
 */
export async function cleanPhoto(tools: Tools, job: Job): Promise<'goes-on' | undefined> {
  const { photos, images, store } = tools;
  const { id, covers, lastError } = job.row;
  const original = await photos.open(id, 'original');
  if (!original) return void (await refuse(tools, job, 'photo-failed'));
  try {
    const mayBeHeavy = job.task === 'clean-heavy';
    const outcome = await images.clean({ photo: original, covers }, mayBeHeavy);
    if (outcome === 'heavy') return await leaveToHeavyLane(tools, job);
    if (outcome.ok) await keep(tools, job, outcome.photo);
    else await refuse(tools, job, outcome.refusal);
  } catch (error) {
    if (!(error instanceof WorkerLost)) throw error;
    if (lastError === WORKER_LOST) await refuse(tools, job, 'photo-failed');
    else await store.jobs.postpone(job, tools.now(), WORKER_LOST);
  }
}

/** So that photos that cost little never wait for those that cost much. */
async function leaveToHeavyLane({ store, now, bell }: Tools, job: Job): Promise<'goes-on'> {
  if (await store.jobs.markHeavy(job, now())) bell.ring();
  else await store.jobs.release(job);
  return 'goes-on';
}

async function keep(tools: Tools, job: Job, photo: CleanPhoto): Promise<void> {
  const { photos, store, embassies } = tools;
  const { id, embassySlug } = job.row;
  await sealPictures(photos, id, photo);
  const facts = factsOf(photo);
  const forms = [facts.fingerprint, ...photo.turned];
  const aside = await store.blocked.has(forms);
  // As it is and mirrored; turned ones are not worth the search among all photos.
  const similar = await store.fingerprints.similarTo(id, forms.slice(0, 2));
  const checks = [
    ...photo.checks,
    checkPlace(embassies.get(embassySlug), photo.taken),
    aside ? BLOCKED : await checkRepeat(tools, job, similar.length > 0),
  ];
  if (await store.jobs.finishCleaning(job, { facts, checks, similar, aside }, tools.now())) {
    await photos.remove(id, 'original');
  } else {
    await store.jobs.release(job);
  }
}

function factsOf({ facts, renditions }: CleanPhoto): KeptFacts {
  const sizeOf = (side: RenditionSide) => {
    const { width, height } = renditions[side];
    return { width, height };
  };
  return { ...facts, sizes: { 480: sizeOf(480), 960: sizeOf(960), 1920: sizeOf(1920) } };
}

/** Only whether it was near stays known; where the photo was taken is forgotten here. */
function checkPlace(embassy: Embassy | undefined, taken: CleanPhoto['taken']): Check {
  if (!embassy || !taken) return { code: 'place', outcome: 'pass', finding: 'unknown' };
  return isNear(embassy, taken)
    ? { code: 'place', outcome: 'pass', finding: 'near' }
    : { code: 'place', outcome: 'warn', finding: 'far' };
}

const BLOCKED: Check = { code: 'repeat', outcome: 'warn', finding: 'blocked' };

async function checkRepeat({ store }: Tools, { row }: Job, looksAlike: boolean): Promise<Check> {
  const exact = row.sourceHash && (await store.fingerprints.sentBefore(row.id, row.sourceHash));
  if (exact) return { code: 'repeat', outcome: 'warn', finding: 'exact' };
  if (looksAlike) return { code: 'repeat', outcome: 'warn', finding: 'similar' };
  return { code: 'repeat', outcome: 'pass', finding: 'new' };
}

/** First the files, then the row: after a crash between, the missing original refuses it again. */
async function refuse(tools: Tools, job: Job, code: PhotoRefusalCode): Promise<void> {
  await tools.photos.erase(job.row.id);
  const refused = await tools.store.jobs.refuse(job, code, tools.now());
  if (!refused) await tools.store.jobs.release(job);
}
