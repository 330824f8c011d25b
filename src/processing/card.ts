import { campaign } from '../campaign/campaign.ts';
import { embassyName } from '../campaign/embassy-name.ts';
import { sayIn } from '../i18n/say.ts';
import type { Job } from '../store/jobs.ts';
import { CARD } from '../submission/renditions.ts';
import type { Tools } from './tools.ts';

/** One language for all: the supporter's own would tell something of the supporter. */
const say = sayIn('en');
/** Sharp enough for the card's most. */
const SIDE = 960;

/**
 * Draws the card of a published photo beside its pictures, and lists it. What was decided while it
 * was drawn counts: as with pictures, the row is asked before the file is written, and whoever
 * takes the photo back waits for our lease and removes the folder after us.
 */
export async function makeCard(tools: Tools, job: Job): Promise<void> {
  const { photos, images, store, embassies } = tools;
  const { id, city, embassySlug } = job.row;
  const photo = await photos.open(id, `${SIDE}`);
  const embassy = embassies.get(embassySlug);
  if (!photo || !embassy) throw new Error(`There is nothing to make a card of ${id}`);
  const jpeg = await images.drawCard({
    photos: [photo],
    slogan: campaign.slogan,
    title: city,
    titleElse: embassy.city,
    line: embassyName(say, embassy),
  });
  if (!(await store.jobs.isOurs(job))) return store.jobs.release(job);
  await photos.publish(id, CARD.file, jpeg);
  if (!(await store.jobs.finishCard(job))) await store.jobs.release(job);
}
