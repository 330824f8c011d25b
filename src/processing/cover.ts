import type { Job } from '../store/jobs.ts';
import { sealPictures } from './seal.ts';
import type { Tools } from './tools.ts';

/**
 * Paints all wanted areas into the sealed pictures; what is public goes before anything else. Until
 * the row says it is done nothing of the photo is public, and after a kill it is done again: areas
 * painted twice are the same areas.
 */
export async function coverPhoto(tools: Tools, job: Job): Promise<void> {
  const { photos, images, store, bell } = tools;
  const { id, covers, facts } = job.row;
  await photos.retract(id);
  await tools.takenBack.add(id, 'hidden');
  // Once the campaign is over the master of a public photo is destroyed.
  const master = (await photos.open(id, 'master')) ?? (await photos.open(id, '1920'));
  if (!master || !facts) throw new Error(`There is no clean picture of ${id} to cover`);
  const covered = await images.cover({ master, areas: covers });
  if (!(await store.jobs.isOurs(job))) return store.jobs.release(job);
  await sealPictures(photos, id, covered);
  // Checks and fingerprint stay those of the picture as it was sent.
  if (await store.covers.finish(job, { ...facts, ...covered.facts }, tools.now())) bell.ring();
  else await store.jobs.release(job);
}
