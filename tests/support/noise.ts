import { randomBytes } from 'node:crypto';
import sharp, { type Region } from 'sharp';
import type { Area } from '../../src/submission/areas.ts';

/** Sides of the squares, as a part of the area: large enough to be seen in the smallest rendition. */
const SQUARES = 8;
/** Pixels along the edge that are left out: JPEG rings there. */
const RING = 0.12;

/** The same photo with squares of random colours in an area: nothing in a file is like them by chance. */
export async function withNoise(photo: Buffer, area: Area): Promise<Buffer> {
  const { width, height } = await sharp(photo).metadata();
  const [w, h] = [Math.round(area.width * width), Math.round(area.height * height)];
  const raw = { width: SQUARES, height: SQUARES, channels: 3 as const };
  const input = await sharp(randomBytes(SQUARES * SQUARES * 3), { raw })
    .resize(w, h, { kernel: 'nearest', fit: 'fill' })
    .png()
    .toBuffer();
  const [left, top] = [Math.round(area.x * width), Math.round(area.y * height)];
  return sharp(photo).composite([{ input, left, top }]).jpeg({ quality: 92 }).toBuffer();
}

/**
 * How much the pixels of an area differ from each other, well inside of it: above 40 for noise,
 * below 3 where it is painted over.
 */
export async function noiseIn(picture: Buffer, area: Area): Promise<number> {
  const { channels } = await sharp(await cut(picture, area)).stats();
  return Math.max(...channels.map(({ stdev }) => stdev));
}

/** How alike an area of two pictures is: 1 for the same picture in any size, about 0 for others. */
export async function likeness(one: Buffer, other: Buffer, area: Area): Promise<number> {
  const [a, b] = await Promise.all([one, other].map((each) => squares(each, area)));
  return correlation(a ?? [], b ?? []);
}

async function squares(picture: Buffer, area: Area): Promise<number[]> {
  const small = sharp(await cut(picture, area)).resize(SQUARES, SQUARES, { fit: 'fill' });
  return [...(await small.removeAlpha().raw().toBuffer())];
}

async function cut(picture: Buffer, { x, y, width, height }: Area): Promise<Buffer> {
  const size = await sharp(picture).metadata();
  const region: Region = {
    left: Math.round((x + width * RING) * size.width),
    top: Math.round((y + height * RING) * size.height),
    width: Math.max(1, Math.round(width * (1 - 2 * RING) * size.width)),
    height: Math.max(1, Math.round(height * (1 - 2 * RING) * size.height)),
  };
  return sharp(picture).extract(region).png().toBuffer();
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (list: readonly number[]) => list.reduce((sum, v) => sum + v, 0) / list.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, ownA, ownB] = [0, 0, 0];
  a.forEach((value, at) => {
    const [da, db] = [value - meanA, (b[at] ?? 0) - meanB];
    both += da * db;
    ownA += da * da;
    ownB += db * db;
  });
  return ownA * ownB === 0 ? 0 : both / Math.sqrt(ownA * ownB);
}
