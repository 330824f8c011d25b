import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { clean } from '../../src/image/clean.ts';
import type { CleanPhoto } from '../../src/image/protocol.ts';
import type { Area } from '../../src/submission/areas.ts';
import {
  CANARY,
  CORNERS,
  oriented,
  photo,
  photoAs,
  plain,
  withPngText,
  withTail,
  withTraces,
} from '../support/pictures.ts';
import { segmentsOf } from './support/jpeg.ts';
import { farApart, look } from './support/look.ts';

const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8];
const ALLOWED = new Set(['SOI', 'APP0', 'DQT', 'SOF', 'DHT', 'SOS', 'EOI']);

async function cleaned(file: Buffer, covers: Area[] = []): Promise<CleanPhoto> {
  const outcome = await clean({ photo: file, covers }, true);
  if (outcome === 'heavy') throw new Error('heavy was allowed');
  return outcome;
}

function picturesOf({ master, renditions }: CleanPhoto) {
  return [master, renditions[1920], renditions[960], renditions[480]];
}

function bitsApart(one: string, other: string): number {
  const bits = (BigInt(`0x${one}`) ^ BigInt(`0x${other}`)).toString(2);
  return bits.replaceAll('0', '').length;
}

describe('upright', () => {
  test.each(ORIENTATIONS)('orientation %i', async (orientation) => {
    const upright = await cleaned(await oriented(1));
    const result = await cleaned(await oriented(orientation));
    expect(bitsApart(result.facts.fingerprint, upright.facts.fingerprint)).toBeLessThanOrEqual(2);
    for (const { bytes } of picturesOf(result)) {
      const picture = await look(bytes);
      const [right, bottom] = [picture.width - 5, picture.height - 5];
      expect(picture.width).toBeGreaterThan(picture.height);
      expect(farApart(picture.at(4, 4), CORNERS.topLeft)).toBeLessThan(12);
      expect(farApart(picture.at(right, 4), CORNERS.topRight)).toBeLessThan(12);
      expect(farApart(picture.at(4, bottom), CORNERS.bottomLeft)).toBeLessThan(12);
      expect(farApart(picture.at(right, bottom), CORNERS.bottomRight)).toBeLessThan(12);
    }
  });
});

describe('sizes', () => {
  test('a large photo shrinks to every side', async () => {
    const result = await cleaned(await photo({ width: 4000, height: 3000 }));
    const sizes = picturesOf(result).map(({ width, height }) => [width, height]);
    expect(sizes).toEqual([
      [3000, 2250],
      [1920, 1440],
      [960, 720],
      [480, 360],
    ]);
    expect(result.facts).toMatchObject({ width: 3000, height: 2250 });
  });

  test.each([
    [1, 1],
    [8, 8],
    [1, 700],
    [5000, 1],
  ])('%i x %i neither grows nor fails', async (width, height) => {
    const result = await cleaned(await plain('#336699', width, height));
    expect(result.master).toMatchObject({ width: Math.min(width, 3000), height });
    for (const picture of picturesOf(result)) {
      expect(await sharp(picture.bytes).metadata()).toMatchObject({
        width: picture.width,
        height: picture.height,
      });
    }
  });
});

describe('formats', () => {
  test.each(['png', 'webp', 'avif'] as const)('%s is the same picture', async (format) => {
    const jpeg = await cleaned(await photo());
    const other = await cleaned(await photoAs(format));
    expect(other.facts).toMatchObject({ width: 1600, height: 1200 });
    expect(bitsApart(other.facts.fingerprint, jpeg.facts.fingerprint)).toBeLessThanOrEqual(4);
    expect((await sharp(other.master.bytes).metadata()).format).toBe('jpeg');
  });

  test('transparent parts become white', async () => {
    const clear = { width: 64, height: 64, channels: 4 as const, background: '#ff000000' };
    const result = await cleaned(await sharp({ create: clear }).png().toBuffer());
    expect((await look(result.master.bytes)).at(30, 30)).toEqual([255, 255, 255]);
  });

  test.each([
    ['16 bits', (picture: Sharp) => picture.toColourspace('rgb16').png()],
    ['CMYK', (picture: Sharp) => picture.toColourspace('cmyk').jpeg()],
    ['Display P3', (picture: Sharp) => picture.withIccProfile('p3').png()],
  ])('%s becomes 8-bit sRGB', async (_, encode) => {
    const orange = { width: 64, height: 64, channels: 3 as const, background: '#d08030' };
    const result = await cleaned(await encode(sharp({ create: orange })).toBuffer());
    const metadata = await sharp(result.master.bytes).metadata();
    expect(metadata).toMatchObject({ space: 'srgb', channels: 3, hasProfile: false });
    // CMYK cannot hold every colour, hence the width.
    expect(farApart((await look(result.master.bytes)).at(30, 30), [208, 128, 48])).toBeLessThan(25);
  });
});

describe('nothing of the file is left', () => {
  test('but pixels', async () => {
    const files = [
      withTail(withTraces(await photo())),
      withTail(withPngText(await photoAs('png'))),
      withTail(await photoAs('webp')),
    ];
    for (const file of files) {
      expect(file.includes(CANARY)).toBe(true);
      for (const { bytes } of picturesOf(await cleaned(file))) {
        expect(bytes.includes(CANARY)).toBe(false);
        expect(segmentsOf(bytes).filter((segment) => !ALLOWED.has(segment))).toEqual([]);
      }
    }
  });

  test('the segment reader sees what must not be there', async () => {
    const segments = segmentsOf(withTail(withTraces(await photo())));
    expect(segments).toEqual(expect.arrayContaining(['APP1', 'COM', 'TAIL']));
  });
});

describe('covers', () => {
  const area = { x: 0.25, y: 0.125, width: 0.5, height: 0.25 };
  const paint = [0x1f, 0x1f, 0x24];

  test.each(ORIENTATIONS)(
    'land where the person sees them, orientation %i',
    async (orientation) => {
      const result = await cleaned(await oriented(orientation), [area]);
      for (const { bytes } of picturesOf(result)) {
        const picture = await look(bytes);
        const [left, right] = [picture.width / 4, (picture.width * 3) / 4];
        const [top, bottom] = [picture.height / 8, (picture.height * 3) / 8];
        const middle = picture.width / 2;
        // JPEG rings for some pixels around an edge; half of the step is where the edge lies.
        expect(farApart(picture.at(left + 8, top + 8), paint)).toBeLessThan(12);
        expect(farApart(picture.at(right - 9, bottom - 9), paint)).toBeLessThan(12);
        expect(darkFrom((x) => picture.at(x, top + 9), picture.width)).toBeCloseToPixel(left);
        expect(darkFrom((y) => picture.at(middle - 9, y), picture.height)).toBeCloseToPixel(top);
      }
    },
  );

  test('nothing beneath is left, nor in the facts', async () => {
    const everything = { x: 0, y: 0, width: 1, height: 1 };
    const result = await cleaned(await photo(), [everything]);
    expect(result.facts.color).toBe('#1f1f24');
    expect(result.checks).toContainEqual({ code: 'blank', outcome: 'warn', finding: 'blank' });
    for (const { bytes } of picturesOf(result)) {
      const { channels } = await sharp(bytes).stats();
      for (const band of channels) expect(band.max - band.min).toBeLessThanOrEqual(3);
    }
  });

  test('a cover outside of the picture changes nothing', async () => {
    const file = await photo();
    const outside = { x: 1, y: 1, width: 0.5, height: 0.5 };
    expect((await cleaned(file, [outside])).master.bytes).toEqual(
      (await cleaned(file)).master.bytes,
    );
  });
});

/** First place along a line that is nearer to the cover's colour than to any of the pattern's. */
function darkFrom(at: (place: number) => number[], length: number): number {
  for (let place = 0; place < length; place += 1) {
    if (Math.max(...at(place)) < 110) return place;
  }
  return -1;
}

expect.extend({
  toBeCloseToPixel(found: number, wanted: number) {
    return { pass: Math.abs(found - wanted) <= 1, message: () => `${found} is not ${wanted} ± 1` };
  },
});

declare module 'vitest' {
  interface Assertion {
    toBeCloseToPixel(wanted: number): void;
  }
}
