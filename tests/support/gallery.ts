import { randomBytes } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';
import type { NewSubmission } from '../../src/store/submissions.ts';
import type { KeptFacts } from '../../src/submission/photo.ts';
import { RENDITION_SIDES, type Rendition, renditionFile } from '../../src/submission/renditions.ts';
import { flagPhoto } from './pictures.ts';
import type { Site } from './site.ts';
import { newSubmission, SEEN } from './submissions.ts';

const LEASE_MS = 60_000;
/** Long side of what the files are made of: grain at this size leaves them as heavy as real ones. */
const GRAINY = 800;
/** Width and height of the photos that people take, most usual first. */
const SIZES = [
  [3000, 2250],
  [2250, 3000],
  [3000, 2000],
  [1688, 3000],
  [3000, 1688],
  [2400, 2400],
] as const;

export interface Shown {
  width: number;
  height: number;
  color: string;
  files: (Rendition & { bytes: Buffer })[];
}

/** A picture as the gallery serves it, in all its files; as heavy as real ones are. */
export async function shownPicture(seed: number, width: number, height: number): Promise<Shown> {
  const scale = GRAINY / Math.max(width, height);
  const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
  const whole = await flagPhoto({ seed, width: w, height: h, grain: true });
  const files: Shown['files'] = [];
  for (const side of RENDITION_SIDES) {
    const small = sharp(whole).resize(side, side, { fit: 'inside' });
    for (const type of ['image/jpeg', 'image/avif'] as const) {
      const coded = type === 'image/jpeg' ? small.jpeg({ quality: 80 }) : avif(small);
      const { data, info } = await coded.toBuffer({ resolveWithObject: true });
      const { width, height } = info;
      files.push({ file: renditionFile(side, type), type, width, height, bytes: data });
    }
  }
  const [red, green, blue] = (await sharp(whole).stats()).channels.map(({ mean }) => mean | 0);
  const color = `#${Buffer.from([red ?? 0, green ?? 0, blue ?? 0]).toString('hex')}`;
  return { width, height, color, files };
}

function avif(picture: Sharp): Sharp {
  return picture.clone().avif({ quality: 62, effort: 1, chromaSubsampling: '4:2:0' });
}

/** A picture of each usual size. */
export async function shownPictures(): Promise<Shown[]> {
  return Promise.all(SIZES.map(([width, height], at) => shownPicture(at + 1, width, height)));
}

/** Puts a photo into the gallery by the steps the service takes. Nobody else may work meanwhile. */
export async function show(
  { store, photos, now }: Site,
  picture: Shown,
  changes: Partial<NewSubmission> = {},
  month = '2026-11',
): Promise<string> {
  const row = newSubmission(changes);
  const { id } = row;
  await store.submissions.receive(row, null, now());
  const claim = async (task: 'clean' | 'publish' | 'encode') => {
    const job = await store.jobs.claim([task], now(), LEASE_MS);
    if (job?.row.id !== id) throw new Error(`Somebody else wants to ${task}`);
    return job;
  };
  const cleaned = { facts: facts(picture), checks: [], similar: [], aside: false };
  await store.jobs.finishCleaning(await claim('clean'), cleaned, now());
  const waiting = await store.submissions.byId(id);
  const order = { id, version: waiting?.version ?? 0, moderatorId: 'ada', criteria: SEEN };
  await store.decisions.decide({ ...order, decision: 'approved', facesCovered: true }, now());
  for (const { file, bytes } of picture.files) await photos.publish(id, file, bytes);
  const listed = picture.files.map(({ bytes: _, ...rendition }) => rendition);
  await store.jobs.finishPublishing(await claim('publish'), listed, month, now());
  await store.jobs.finishEncoding(await claim('encode'), listed, now());
  return id;
}

function facts({ width, height, color, files }: Shown): KeptFacts {
  const size = (side: number) => {
    const found = files.find(({ file }) => file === `${side}.jpg`);
    return { width: found?.width ?? 0, height: found?.height ?? 0 };
  };
  return {
    width,
    height,
    color,
    placeholder: '',
    fingerprint: randomBytes(8).toString('hex'),
    removed: [],
    sizes: { 480: size(480), 960: size(960), 1920: size(1920) },
  };
}
