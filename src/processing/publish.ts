import type { Job } from '../store/jobs.ts';
import type { KeptFacts } from '../submission/photo.ts';
import {
  RENDITION_SIDES,
  type Rendition,
  type RenditionSide,
  type RenditionType,
  renditionFile,
} from '../submission/renditions.ts';
import type { Tools } from './tools.ts';

/**
 * Writes an approved photo's pictures into the public folder, then lists it in the gallery: in the
 * month it was first seen there, so that a covered photo does not look like a new one.
 */
export async function publishPhoto(tools: Tools, job: Job): Promise<void> {
  const { row } = job;
  await tools.store.stop.look();
  if (tools.store.stop.day()) return removePhoto(tools, job);
  const facts = known(row.facts);
  const renditions: Rendition[] = [];
  for (const side of distinctSides(facts)) {
    const rendition = describe(facts, side, 'image/jpeg');
    await tools.photos.publish(row.id, rendition.file, await sealed(tools, row.id, side));
    renditions.push(rendition);
  }
  const now = tools.now();
  const month = row.shownSince ?? now.toISOString().slice(0, 7);
  const listed = await tools.store.jobs.finishPublishing(job, renditions, month, now);
  if (!listed) await tools.store.jobs.release(job);
}

/** Adds the smaller AVIF pictures to a published photo. Only done when no photo waits for cleaning. */
export async function encodePhoto(tools: Tools, job: Job): Promise<void> {
  const { row } = job;
  const facts = known(row.facts);
  const jpegs = {
    480: await sealed(tools, row.id, 480),
    960: await sealed(tools, row.id, 960),
    1920: await sealed(tools, row.id, 1920),
  };
  const pictures = await tools.images.encodeAvif(jpegs);
  // It may have waited long for its turn, and the photo been covered or taken back meanwhile.
  if (!(await tools.store.jobs.isOurs(job))) return tools.store.jobs.release(job);
  const renditions = [...(row.renditions ?? [])];
  for (const side of distinctSides(facts)) {
    const rendition = describe(facts, side, 'image/avif');
    await tools.photos.publish(row.id, rendition.file, pictures[side].bytes);
    renditions.push(rendition);
  }
  const listed = await tools.store.jobs.finishEncoding(job, renditions, tools.now());
  if (!listed) await tools.store.jobs.release(job);
}

/** Takes the public pictures away, and with `erase` also the sealed ones. */
export async function removePhoto(tools: Tools, job: Job): Promise<void> {
  const erase = job.task === 'erase';
  if (erase) await tools.photos.erase(job.row.id);
  else await tools.photos.retract(job.row.id);
  await rememberTaking(tools, job);
  const done = await tools.store.jobs.finish(job, erase);
  if (!done) await tools.store.jobs.release(job);
}

/** No backup may bring it back. A photo that was never public has nothing to come back to. */
async function rememberTaking({ takenBack }: Tools, { row, task }: Job): Promise<void> {
  if (row.state === 'withdrawn') await takenBack.add(row.id, 'withdrawn');
  else if (task === 'retract') await takenBack.add(row.id, 'hidden');
}

/** A small photo is not enlarged, so its larger renditions would be copies of the smaller ones. */
function distinctSides({ sizes }: KeptFacts): RenditionSide[] {
  return RENDITION_SIDES.filter(
    (side, i) => i === 0 || sizes[side].width !== sizes[RENDITION_SIDES[i - 1] ?? side].width,
  );
}

function describe({ sizes }: KeptFacts, side: RenditionSide, type: RenditionType): Rendition {
  return { file: renditionFile(side, type), type, ...sizes[side] };
}

async function sealed({ photos }: Tools, id: string, side: RenditionSide): Promise<Buffer> {
  const bytes = await photos.open(id, `${side}`);
  if (!bytes) throw new Error(`A sealed picture of ${id} is missing`);
  return bytes;
}

function known(facts: KeptFacts | null): KeptFacts {
  if (!facts) throw new Error('A photo was approved before it was cleaned');
  return facts;
}
