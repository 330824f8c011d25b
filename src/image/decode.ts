import sharp from 'sharp';
import { Refusal } from '../submission/refusals.ts';
import { MASTER_SIDE } from '../submission/renditions.ts';
import { decodeHeic } from './heic.ts';
import type { Inspected } from './inspect.ts';
import { type Pixels, toPixels, within } from './pixels.ts';
import { UNTRUSTED } from './policy.ts';

/**
 * Decodes a file once: upright, sRGB, 8 bits, on white, long side at most MASTER_SIDE.
 * A HEIC is turned by its container alone; some carry an EXIF orientation that is already done.
 * @throws Refusal `photo-broken` for whatever does not decode in full.
 */
export async function decode(file: Buffer, { header, heif }: Inspected): Promise<Pixels> {
  try {
    if (header.format === 'heic') return await decodeHeic(file, heif?.icc ?? null);
    return await toPixels(within(sharp(file, UNTRUSTED).autoOrient(), MASTER_SIDE));
  } catch (cause) {
    throw new Refusal('photo-broken', { cause });
  }
}
