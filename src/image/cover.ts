import sharp from 'sharp';
import { areaToPixels } from '../submission/area-pixels.ts';
import type { Area } from '../submission/areas.ts';
import { averageColor, placeholder } from './facts.ts';
import { type Pixels, toPixels } from './pixels.ts';
import type { CoveredPhoto, CoverJob } from './protocol.ts';
import { encodeMaster, encodeRenditions } from './renditions.ts';

/** Nearly black: reads as "covered", and no blur or mosaic that could be undone. */
const COVER = Buffer.from([0x1f, 0x1f, 0x24]);

/** Paints areas solid, in place: what was beneath is gone before anything is made of the picture. */
export function cover(picture: Pixels, areas: Area[]): void {
  for (const area of areas) {
    const pixels = areaToPixels(area, picture.width, picture.height);
    if (!pixels) continue;
    for (let y = pixels.top; y < pixels.top + pixels.height; y += 1) {
      const start = (y * picture.width + pixels.left) * 3;
      picture.data.fill(COVER, start, start + pixels.width * 3);
    }
  }
}

/** Paints areas into a clean master, which lies upright, and makes everything else of that anew. */
export async function coverMaster({ master, areas }: CoverJob): Promise<CoveredPhoto> {
  const pixels = await toPixels(sharp(master, { failOn: 'error' }));
  cover(pixels, areas);
  const { renditions, smallest } = await encodeRenditions(pixels);
  return {
    master: await encodeMaster(pixels),
    renditions,
    facts: { color: averageColor(smallest), placeholder: await placeholder(smallest) },
  };
}
