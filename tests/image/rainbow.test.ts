import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { toPixels } from '../../src/image/pixels.ts';
import { showsRainbow } from '../../src/image/rainbow.ts';
import { flagPhoto, photo } from '../support/pictures.ts';

const SIX = ['#e40303', '#ff8c00', '#ffed00', '#008026', '#004dff', '#750787'];
const UKRAINE = ['#0057b7', '#ffd700'];
const AZERBAIJAN = ['#00b5e2', '#ef3340', '#509e2f'];
const TRANS = ['#5bcefa', '#f5a9b8', '#ffffff', '#f5a9b8', '#5bcefa'];

/** A flag of equal stripes, one above the other. */
async function flag(colors: string[], width = 120, height = 78): Promise<Buffer> {
  const stripes = colors.map((background, index) => ({
    input: { create: { width, height: Math.ceil(height / colors.length), channels, background } },
    left: 0,
    top: Math.floor((index * height) / colors.length),
  }));
  const cloth = sharp({ create: { width, height: height + 20, channels, background: '#000000' } });
  const whole = await cloth.composite(stripes).png().toBuffer();
  return sharp(whole).extract({ left: 0, top: 0, width, height }).png().toBuffer();
}

/** A scene at the size the check sees, with something hung into it. */
async function sceneWith(thing: Buffer): Promise<Buffer> {
  const scene = sharp(await photo({ width: 480, height: 360 }));
  return scene
    .composite([{ input: thing, left: 100, top: 80 }])
    .png()
    .toBuffer();
}

const channels = 3 as const;
const found = async (picture: Buffer) => showsRainbow(await toPixels(sharp(picture)));
const change = async (picture: Buffer, act: (picture: Sharp) => Sharp) =>
  act(sharp(picture)).png().toBuffer();

describe('the flag is found', () => {
  test.each([
    ['as it hangs', (picture: Sharp) => picture],
    ['upside down', (picture: Sharp) => picture.flip()],
    ['upright as a banner', (picture: Sharp) => picture.rotate(90)],
    ['at a slant', (picture: Sharp) => picture.rotate(20, { background: '#888888' })],
    ['at a right slant', (picture: Sharp) => picture.rotate(45, { background: '#888888' })],
    ['small', (picture: Sharp) => picture.resize(40)],
    ['dark', (picture: Sharp) => picture.linear(0.5, 0)],
    ['blurred', (picture: Sharp) => picture.blur(1.5)],
  ])('%s', async (_, act) => {
    expect(await found(await sceneWith(await change(await flag(SIX), act)))).toBe(true);
  });

  test('in evening light', async () => {
    const warm = await change(await flag(SIX), (picture) =>
      picture.linear([1, 0.9, 0.75], [8, 4, 0]),
    );
    expect(await found(await sceneWith(warm))).toBe(true);
  });

  test('in the photo other tests use', async () => {
    expect(await found(await flagPhoto({ width: 480, height: 360 }))).toBe(true);
  });
});

describe('what is no flag', () => {
  test.each([
    ['the flag of Ukraine', UKRAINE],
    ['the flag of Azerbaijan', AZERBAIJAN],
    ['the trans flag', TRANS],
    ['six stripes in another order', [2, 0, 4, 1, 5, 3].map((index) => SIX[index] ?? '')],
    ['four of the six', SIX.slice(0, 4)],
  ])('%s', async (_, colors) => {
    expect(await found(await sceneWith(await flag(colors)))).toBe(false);
  });

  test('a smooth run through all hues', async () => {
    const data = Buffer.alloc(300 * 100 * 3);
    for (let at = 0; at < 300 * 100; at += 1) data.set(hue(((at % 300) / 300) * 300), at * 3);
    const raw = { width: 300, height: 100, channels };
    expect(await found(await sharp(data, { raw }).png().toBuffer())).toBe(false);
  });

  test.each([1, 2, 3, 4, 5, 6])('a scene without a flag, %i', async (seed) => {
    expect(await found(await photo({ width: 480, height: 360, seed }))).toBe(false);
  });
});

function hue(degrees: number): [number, number, number] {
  const band = (shift: number) => {
    const place = (shift + degrees / 60) % 6;
    return 255 - 255 * Math.max(0, Math.min(place, 4 - place, 1));
  };
  return [band(5), band(3), band(1)];
}
