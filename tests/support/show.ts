import { publishPhoto } from '../../src/processing/publish.ts';
import type { Resources } from '../../src/resources.ts';
import { type Planted, type PlantOptions, plant } from './plant.ts';
import { SEEN } from './submissions.ts';

const LEASE_MS = 60_000;

/** Plants photos and publishes them, as moderators and the clock do, without a decode for each. */
export async function showPhotos(
  inside: Resources,
  count: number,
  options: PlantOptions = {},
): Promise<Planted[]> {
  const planted = await plant(inside, count, options);
  for (const { id } of planted) {
    const version = (await inside.store.submissions.byId(id))?.version ?? 0;
    const order = { id, version, moderatorId: 'ada', criteria: SEEN, facesCovered: true };
    const { kind } = await inside.store.decisions.decide(
      { ...order, decision: 'approved' },
      inside.now(),
    );
    if (kind !== 'done') throw new Error(`Not approved: ${kind}`);
    const job = await inside.store.jobs.claim(['publish'], inside.now(), LEASE_MS);
    if (!job) throw new Error('Nothing to publish');
    await publishPhoto(inside as never, job);
  }
  return planted;
}
