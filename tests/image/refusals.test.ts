import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { clean } from '../../src/image/clean.ts';
import { restrictLoaders } from '../../src/image/loaders.ts';
import { Refusal } from '../../src/submission/refusals.ts';
import {
  jpegBomb,
  photo,
  photoAs,
  pngBomb,
  svg,
  truncated,
  webpBomb,
  withSegment,
} from '../support/pictures.ts';

/** The code a photo is refused with; null when it is taken. */
async function refusalOf(file: Buffer): Promise<string | null> {
  try {
    await clean({ photo: file, covers: [] }, true);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

describe('what is no photo', () => {
  test.each([
    ['nothing', Buffer.alloc(0)],
    ['one byte', Buffer.from([0xff])],
    ['text', Buffer.from('hello, this is not a picture at all')],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['SVG', svg()],
    ['PDF', Buffer.from('%PDF-1.7 and so on and so on')],
    ['a film', Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42')],
  ])('%s', async (_, file) => {
    expect(await refusalOf(file)).toBe('photo-type');
  });

  test.each(['tiff', 'gif'] as const)('%s, whatever it is called', async (format) => {
    expect(await refusalOf(await photoAs(format, { width: 64, height: 64 }))).toBe('photo-type');
  });

  test('sharp itself opens no other kind once it is restricted', async () => {
    const size = { width: 64, height: 64 };
    const [tiff, gif] = [await photoAs('tiff', size), await photoAs('gif', size)];
    const wanted = [await photo(size), await photoAs('png', size), await photoAs('webp', size)];
    restrictLoaders();
    for (const file of [svg(), tiff, gif]) await expect(sharp(file).metadata()).rejects.toThrow();
    for (const file of wanted) expect((await sharp(file).metadata()).width).toBe(64);
  });
});

describe('what is cut', () => {
  test.each(['png', 'webp', 'avif'] as const)('%s', async (format) => {
    const file = await photoAs(format, { width: 400, height: 300 });
    expect(await refusalOf(file)).toBeNull();
    for (const share of [0.02, 0.1, 0.5, 0.95]) {
      expect(await refusalOf(truncated(file, share))).toBe('photo-broken');
    }
  });

  test('jpeg', async () => {
    const file = await photo({ width: 400, height: 300 });
    expect(await refusalOf(file)).toBeNull();
    for (const share of [0.02, 0.1, 0.5, 0.95]) {
      expect(await refusalOf(truncated(file, share))).toBe('photo-broken');
    }
  });
});

describe('bombs are refused by their header, at once', () => {
  test.each([
    ['PNG of 60,000 x 60,000', () => pngBomb(60_000, 60_000), 'photo-too-many-pixels'],
    ['PNG of 100,000 x 1', () => pngBomb(100_000, 1), 'photo-too-many-pixels'],
    ['PNG of 0 x 0', () => pngBomb(0, 0), 'photo-broken'],
    ['PNG, interlaced, 49 MP, 16 bits', () => pngBomb(7100, 7100, true), 'photo-too-costly'],
    ['WebP of 268 MP in 40 bytes', webpBomb, 'photo-too-many-pixels'],
    [
      'JPEG of 65,000 x 65,000',
      async () => jpegBomb(await photo(), 65_000, 65_000),
      'photo-too-many-pixels',
    ],
    ['JPEG of 2,000 scans', async () => manyScans(await photo()), 'photo-too-costly'],
  ])('%s', async (_, make, code) => {
    const bomb = await make();
    const begun = performance.now();
    expect(await refusalOf(bomb)).toBe(code);
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});

/** Scan headers without scans: only counted, never decoded. */
function manyScans(jpeg: Buffer): Buffer {
  const scan = Buffer.from([1, 1, 0, 0, 63, 0]);
  let file = jpeg;
  const end = jpeg.subarray(-2);
  const scans = withSegment(Buffer.from([0, 0]), 0xda, scan).subarray(2);
  file = Buffer.concat([jpeg.subarray(0, -2), ...Array.from({ length: 2000 }, () => scans), end]);
  return file;
}

test('a heavy photo is not begun without leave', async () => {
  const flat = { width: 6000, height: 6000, channels: 3 as const, background: '#777777' };
  const heavy = await sharp({ create: flat }).jpeg({ progressive: true }).toBuffer();
  const begun = performance.now();
  expect(await clean({ photo: heavy, covers: [] }, false)).toBe('heavy');
  expect(performance.now() - begun).toBeLessThan(500);
});
