import sharp, { type OverlayOptions, type Sharp } from 'sharp';
import { crop } from './crop.ts';
import type { MosaicRowJob, StackedMosaic } from './protocol.ts';
import type { Picture } from './renditions.ts';

/** Rows are encoded again as one picture, so they keep more than that. */
const ROW_JPEG = { quality: 92, chromaSubsampling: '4:4:4' };
const FULL_JPEG = { quality: 85 };
const SMALL_JPEG = { quality: 80 };
/** Pixels of the width on the page; the whole is for print. */
const SMALL_WIDTH = 1600;

/** One row of tiles side by side, each filled by the middle of its photo. */
export async function drawRow({ jpegs, widths, height }: MosaicRowJob): Promise<Buffer> {
  const tiles: OverlayOptions[] = [];
  let left = 0;
  for (const [at, jpeg] of jpegs.entries()) {
    const width = widths[at] ?? 0;
    const { data } = await crop(jpeg, width, height);
    tiles.push({ input: data, raw: { width, height, channels: 3 }, left, top: 0 });
    left += width;
  }
  return sharp({ create: { width: left, height, channels: 3, background: '#ffffff' } })
    .composite(tiles)
    .jpeg(ROW_JPEG)
    .toBuffer();
}

/** Rows below each other: the picture for print and a smaller one, without metadata. */
export async function stackRows(rows: Buffer[]): Promise<StackedMosaic> {
  const whole = () => (rows.length === 1 ? sharp(rows[0]) : sharp(rows, { join: { across: 1 } }));
  const full = await encode(whole().jpeg(FULL_JPEG));
  const small = await encode(
    sharp(full.bytes).resize({ width: SMALL_WIDTH, withoutEnlargement: true }).jpeg(SMALL_JPEG),
  );
  return { full, small };
}

async function encode(pipeline: Sharp): Promise<Picture> {
  const { data, info } = await pipeline.toBuffer({ resolveWithObject: true });
  return { bytes: data, width: info.width, height: info.height };
}
