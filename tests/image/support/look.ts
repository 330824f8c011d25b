import sharp from 'sharp';

export interface Look {
  width: number;
  height: number;
  /** Bands of a pixel, 0 to 255 each. */
  at(x: number, y: number): number[];
}

/** Opens an encoded picture to look at its pixels. */
export async function look(bytes: Buffer): Promise<Look> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return {
    width,
    height,
    at: (x, y) => [...data.subarray((y * width + x) * channels, (y * width + x + 1) * channels)],
  };
}

/** Largest difference of two colours in any band. */
export function farApart(one: readonly number[], other: readonly number[]): number {
  return Math.max(...one.map((band, index) => Math.abs(band - (other[index] ?? 0))));
}
