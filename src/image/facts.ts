import phashModule from 'sharp-phash';
import { rgbaToThumbHash } from 'thumbhash';
import { open, type Pixels, within } from './pixels.ts';

// Its declarations promise an ES module, it is a CommonJS function.
const phash = phashModule as unknown as typeof phashModule.default;

/** Average colour of a picture, `#rrggbb`. */
export function averageColor({ data }: Pixels): string {
  const sums = [0, 0, 0];
  for (let at = 0; at < data.length; at += 3) {
    for (let band = 0; band < 3; band += 1) sums[band] = (sums[band] ?? 0) + (data[at + band] ?? 0);
  }
  const count = data.length / 3;
  return `#${sums.map((sum) => hex(Math.round(sum / count), 2)).join('')}`;
}

/** ThumbHash in base64, about 28 characters. */
export async function placeholder(picture: Pixels): Promise<string> {
  const { data, info } = await within(open(picture), 100)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64');
}

/** 64-bit perceptual hash as 16 hex digits; the same photo in another size differs by 0 to 4 bits. */
export async function fingerprint({ data, width, height }: Pixels): Promise<string> {
  const bits = await phash(data, { raw: { width, height, channels: 3 } });
  return hex(BigInt(`0b${bits}`), 16);
}

function hex(value: number | bigint, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
