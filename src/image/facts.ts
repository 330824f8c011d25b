import { rgbaToThumbHash } from 'thumbhash';
import { open, type Pixels, within } from './pixels.ts';

/** Pixels; ThumbHash keeps at most 7 waves per side, so more would only cost. */
const THUMB_SIDE = 32;

/** Average colour of a picture, `#rrggbb`. */
export function averageColor({ data }: Pixels): string {
  let [red, green, blue] = [0, 0, 0];
  for (let at = 0; at < data.length; at += 3) {
    red += data[at] ?? 0;
    green += data[at + 1] ?? 0;
    blue += data[at + 2] ?? 0;
  }
  const average = (sum: number) => hex(Math.round((sum * 3) / data.length), 2);
  return `#${average(red)}${average(green)}${average(blue)}`;
}

/** ThumbHash in base64, about 28 characters. */
export async function placeholder(picture: Pixels): Promise<string> {
  const { data, info } = await within(open(picture), THUMB_SIDE)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64');
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
