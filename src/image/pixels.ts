import sharp, { type Sharp } from 'sharp';

/** Upright sRGB pixels in rows, three bytes each. */
export interface Pixels {
  data: Buffer;
  width: number;
  height: number;
}

/** Opens pixels for sharp, without copying them. */
export function open({ data, width, height }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** Runs a pipeline to sRGB pixels of 8 bits, transparent parts white. */
export async function toPixels(pipeline: Sharp): Promise<Pixels> {
  const { data, info } = await pipeline
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** The same picture with its long side at most `side` pixels, never enlarged. */
export function within(pipeline: Sharp, side: number): Sharp {
  return pipeline.resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });
}
