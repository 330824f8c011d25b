import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { clean } from '../../src/image/clean.ts';
import { readExif } from '../../src/image/exif.ts';
import type { CleanPhoto } from '../../src/image/protocol.ts';
import {
  photo,
  photoAs,
  plain,
  withComment,
  withExif,
  withPngText,
  withSegment,
  withTail,
  withTraces,
} from '../support/pictures.ts';
import { exifOf } from './support/exif.ts';

async function cleaned(file: Buffer): Promise<CleanPhoto> {
  const outcome = await clean({ photo: file, covers: [] }, true);
  if (outcome === 'heavy') throw new Error('heavy was allowed');
  return outcome;
}

function bitsApart(one: string, other: string): number {
  const bits = (BigInt(`0x${one}`) ^ BigInt(`0x${other}`)).toString(2);
  return bits.replaceAll('0', '').length;
}

const removedOf = async (file: Buffer) => (await cleaned(file)).facts.removed;
const findingsOf = async (file: Buffer) =>
  Object.fromEntries((await cleaned(file)).checks.map(({ code, finding }) => [code, finding]));

describe('what is told to have been removed', () => {
  test('nothing, when there was nothing', async () => {
    expect(await removedOf(await photo())).toEqual([]);
  });

  test('everything a phone writes', async () => {
    expect(await removedOf(withTail(withTraces(await photo())))).toEqual([
      'gps',
      'time',
      'device',
      'serial',
      'software',
      'author',
      'thumbnail',
      'xmp',
      'comment',
      'other',
    ]);
  });

  test('only what was there', async () => {
    expect(await removedOf(withComment(await photo()))).toEqual(['comment']);
    expect(await removedOf(withExif(await photo(), { software: 'x' }))).toEqual(['software']);
    expect(await removedOf(withExif(await photo(), { orientation: 1 }))).toEqual([]);
    expect(await removedOf(withPngText(await photoAs('png')))).toEqual(['comment']);
    expect(await removedOf(withTail(await photoAs('webp')))).toEqual(['other']);
  });
});

describe('where a photo was taken', () => {
  test.each([
    [40.3777, 49.892],
    [-33.8688, 151.2093],
    [51.5007, -0.1246],
  ])('%f, %f', async (latitude, longitude) => {
    const { taken } = await cleaned(withExif(await photo(), { latitude, longitude }));
    expect(taken?.latitude).toBeCloseTo(latitude, 4);
    expect(taken?.longitude).toBeCloseTo(longitude, 4);
  });

  test.each([
    [0, 0],
    [95, 10],
    [10, 200],
  ])('%f, %f is no place', async (latitude, longitude) => {
    const { taken } = await cleaned(withExif(await photo(), { latitude, longitude }));
    expect(taken).toBeNull();
  });
});

describe('broken EXIF', () => {
  const whole = exifOf({ make: 'x'.repeat(40), latitude: 1, longitude: 2, thumbnail: 'abc' });

  test('cut anywhere never throws', () => {
    for (let end = 0; end < whole.length; end += 1) readExif(whole.subarray(0, end));
    expect(readExif(whole).traces).toEqual(['device', 'gps', 'thumbnail']);
  });

  test('any byte wrong never throws', () => {
    for (let at = 0; at < whole.length; at += 1) {
      const wrong = Buffer.from(whole);
      wrong[at] = 0xff;
      readExif(wrong);
    }
  });

  test('does not fail the photo', async () => {
    const garbage = Buffer.concat([Buffer.from('Exif\0\0MM'), Buffer.alloc(500, 0xfe)]);
    expect((await cleaned(withSegment(await photo(), 0xe1, garbage))).taken).toBeNull();
  });
});

describe('facts', () => {
  test('of a plain picture', async () => {
    const { facts } = await cleaned(await plain('#336699'));
    expect(facts.color).toMatch(/^#3[2-4]6[5-7]9[89a]$/);
    expect(facts.fingerprint).toMatch(/^[0-9a-f]{16}$/);
    expect(Buffer.from(facts.placeholder, 'base64').length).toBeGreaterThan(4);
  });

  test('other photos have other fingerprints', async () => {
    const prints = new Set<string>();
    for (const seed of [1, 2, 3, 4, 5]) {
      prints.add((await cleaned(await photo({ seed }))).facts.fingerprint);
    }
    expect(prints.size).toBe(5);
  });
});

describe('forms', () => {
  const TURNS: [string, (picture: Sharp) => Sharp][] = [
    ['mirrored', (picture) => picture.flop()],
    ['upside down and mirrored', (picture) => picture.flip()],
    ['upside down', (picture) => picture.rotate(180)],
    ['turned to the right', (picture) => picture.rotate(90)],
    ['turned to the left', (picture) => picture.rotate(270)],
    ['turned and mirrored', (picture) => picture.rotate(90).flop()],
    ['turned and mirrored the other way', (picture) => picture.rotate(270).flop()],
  ];

  test.each(TURNS)('of a photo tell it %s', async (_, turn) => {
    const file = await photo();
    const { facts } = await cleaned(await turn(sharp(file)).jpeg().toBuffer());
    const near = (await cleaned(file)).turned.map((form) => bitsApart(form, facts.fingerprint));
    expect(near).toHaveLength(7);
    expect(Math.min(...near)).toBeLessThanOrEqual(4);
  });
});

describe('checks', () => {
  test('a good photo passes all but the rainbow', async () => {
    expect(await findingsOf(await photo())).toEqual({
      size: 'good',
      sharpness: 'good',
      exposure: 'good',
      blank: 'good',
      screenshot: 'good',
      rainbow: 'not-found',
    });
  });

  test.each([
    ['size', 'small', () => photo({ width: 1280, height: 800 })],
    ['sharpness', 'soft', () => plain('#777777')],
    ['exposure', 'dark', () => plain('#050505')],
    ['exposure', 'bright', () => plain('#ffffff')],
    ['blank', 'blank', () => plain('#777777')],
    ['screenshot', 'likely', async () => withExif(await photo(), { software: 'Screenshot' })],
    ['screenshot', 'likely', () => plain('#777777')],
  ])('%s %s', async (code, finding, make) => {
    expect(await findingsOf(await make())).toMatchObject({ [code]: finding });
  });
});
