import sharp, { type OverlayOptions } from 'sharp';
import { CARD } from '../submission/renditions.ts';
import { crop } from './crop.ts';
import { type Lettering, letter } from './lettering.ts';
import { hasLetters } from './lettering-font.ts';
import type { CardJob } from './protocol.ts';

const PANEL = '#3a1440';
const INK = '#ffffff';
/** Red, orange, yellow, green, blue, violet. */
const STRIPES = ['#e40303', '#ff8c00', '#ffed00', '#008026', '#24408e', '#732982'];

const EDGE = { stripe: 5, height: 30 };
const HEIGHT = CARD.height - EDGE.height;
const MARGIN = 48;
/** Photos of phones are seen whole when held upright, and nearly whole when not. */
const PHOTO_WIDTH = { least: 340, most: 760, grid: 740 };
/** Pixels between the pictures of a grid. */
const GAP = 6;

const SLOGAN = { weight: 'bold', color: INK, height: 184, sizes: [74, 66, 58, 52] } as const;
const TITLE = { weight: 'bold', color: INK, height: 110, sizes: [44, 38, 32, 28] } as const;
const LINE = { weight: 'plain', color: '#e9d5ee', height: 150, sizes: [28, 25, 22] } as const;

/**
 * Draws what is shown of a shared link: photos on the right, nearly whole and never stretched,
 * words on a panel beside them so that they hide nobody, and the rainbow below. JPEG, sRGB, no
 * metadata.
 */
export async function drawCard(job: CardJob): Promise<Buffer> {
  const { photos, left } = await placePhotos(job.photos);
  const canvas = sharp({
    create: { width: CARD.width, height: CARD.height, channels: 3, background: PANEL },
  });
  return canvas
    .composite([...photos, ...(await placeWords(job, left - 2 * MARGIN)), ...rainbow()])
    .jpeg({ quality: 84 })
    .toBuffer();
}

async function placePhotos(jpegs: Buffer[]): Promise<{ photos: OverlayOptions[]; left: number }> {
  const [first, ...others] = jpegs;
  if (!first) return { photos: flag(), left: CARD.width - PHOTO_WIDTH.grid };
  if (others.length === 3) return placeGrid(jpegs);
  const { width = 1, height = 1 } = await sharp(first).metadata();
  const wanted = Math.round((HEIGHT * width) / height);
  const wide = Math.min(Math.max(wanted, PHOTO_WIDTH.least), PHOTO_WIDTH.most);
  const left = CARD.width - wide;
  return { photos: [await placePhoto(first, left, 0, wide, HEIGHT)], left };
}

/** Two by two. */
async function placeGrid(jpegs: Buffer[]) {
  const left = CARD.width - PHOTO_WIDTH.grid;
  const [wide, high] = [(PHOTO_WIDTH.grid - GAP) / 2, (HEIGHT - GAP) / 2];
  const photos = jpegs.map((jpeg, at) =>
    placePhoto(jpeg, left + (at % 2) * (wide + GAP), Math.floor(at / 2) * (high + GAP), wide, high),
  );
  return { photos: await Promise.all(photos), left };
}

async function placePhoto(jpeg: Buffer, left: number, top: number, width: number, height: number) {
  const { data } = await crop(jpeg, width, height);
  return { input: data, raw: { width, height, channels: 3 as const }, left, top };
}

async function placeWords(job: CardJob, width: number): Promise<OverlayOptions[]> {
  const slogan = await letter(job.slogan, { ...SLOGAN, width });
  const title = await letter(hasLetters(job.title) ? job.title : job.titleElse, {
    ...TITLE,
    width,
  });
  const line = await letter(job.line, { ...LINE, width });
  const lineTop = HEIGHT - MARGIN - (line?.height ?? 0);
  const titleTop = lineTop - 16 - (title?.height ?? 0);
  return [...place(slogan, MARGIN), ...place(title, titleTop), ...place(line, lineTop)];
}

function place(words: Lettering | null, top: number): OverlayOptions[] {
  if (!words) return [];
  const { data, width, height } = words;
  return [{ input: data, raw: { width, height, channels: 4 }, left: MARGIN, top }];
}

function rainbow(): OverlayOptions[] {
  return STRIPES.map((color, at) =>
    stripe(color, 0, HEIGHT + at * EDGE.stripe, CARD.width, EDGE.stripe),
  );
}

/** In place of a photo, while there is none. */
function flag(): OverlayOptions[] {
  const high = HEIGHT / STRIPES.length;
  const left = CARD.width - PHOTO_WIDTH.grid;
  return STRIPES.map((color, at) => stripe(color, left, at * high, PHOTO_WIDTH.grid, high));
}

function stripe(background: string, left: number, top: number, width: number, height: number) {
  return { input: { create: { width, height, channels: 3 as const, background } }, left, top };
}
