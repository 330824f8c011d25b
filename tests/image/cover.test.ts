import sharp, { type Region } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clean } from '../../src/image/clean.ts';
import { fingerprints } from '../../src/image/fingerprint.ts';
import { type ImageWorkers, openImageWorkers, WorkerLost } from '../../src/image/workers.ts';
import { orientedPhoto, photo, svg } from '../support/pictures.ts';
import { farApart, look } from './support/look.ts';

const AREA = { x: 0.375, y: 0.25, width: 0.25, height: 0.375 };
const PAINT = [0x1f, 0x1f, 0x24];
/** JPEG rings for some pixels on both sides of an edge. */
const RING = 9;

let workers: ImageWorkers;
beforeAll(() => {
  workers = openImageWorkers({ count: 1, timeoutMs: 20_000 });
});
afterAll(() => workers.close());

async function cleaned(file: Buffer) {
  const outcome = await clean({ photo: file, covers: [] }, true);
  if (outcome === 'heavy') throw new Error('heavy was allowed');
  return outcome;
}

/** The four strips around the area, each a picture of its own. */
async function around(bytes: Buffer): Promise<string[]> {
  const { width, height } = await sharp(bytes).metadata();
  const [left, right] = [width * AREA.x - RING, width * (AREA.x + AREA.width) + RING];
  const [top, bottom] = [height * AREA.y - RING, height * (AREA.y + AREA.height) + RING];
  const strips = [
    { left: 0, top: 0, width, height: top },
    { left: 0, top: bottom, width, height: height - bottom },
    { left: 0, top: 0, width: left, height },
    { left: right, top: 0, width: width - right, height },
  ];
  return Promise.all(
    strips.map(async (strip) => {
      const rounded = Object.fromEntries(Object.entries(strip).map(([k, v]) => [k, Math.floor(v)]));
      const cut = sharp(bytes)
        .extract(rounded as unknown as Region)
        .raw();
      const { data, info } = await cut.toBuffer({ resolveWithObject: true });
      return (await fingerprints({ data, width: info.width, height: info.height })).upright;
    }),
  );
}

function bitsApart(one: string, other: string): number {
  return (BigInt(`0x${one}`) ^ BigInt(`0x${other}`)).toString(2).replaceAll('0', '').length;
}

/** Largest difference from the paint anywhere inside the area. */
async function strayInside(bytes: Buffer): Promise<number> {
  const picture = await look(bytes);
  const { width, height } = picture;
  let stray = 0;
  for (let y = height * AREA.y + RING; y < height * (AREA.y + AREA.height) - RING; y += 1) {
    for (let x = width * AREA.x + RING; x < width * (AREA.x + AREA.width) - RING; x += 1) {
      stray = Math.max(stray, farApart(picture.at(Math.floor(x), Math.floor(y)), PAINT));
    }
  }
  return stray;
}

describe('a clean master that is covered later', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'is solid in the area and as it was around it, orientation %i',
    async (orientation) => {
      const before = await cleaned(
        await orientedPhoto(orientation, { width: 1280, height: 960, seed: 5 }),
      );
      const after = await workers.cover({ master: before.master.bytes, areas: [AREA] });
      const pairs = [
        [before.master, after.master],
        ...([1920, 960, 480] as const).map((s) => [before.renditions[s], after.renditions[s]]),
      ] as const;
      for (const [was, is] of pairs) {
        expect([is?.width, is?.height]).toEqual([was?.width, was?.height]);
        const bytes = Buffer.from(is?.bytes ?? []);
        expect(await strayInside(bytes)).toBeLessThan(8);
        const [now, then] = [await around(bytes), await around(was?.bytes ?? Buffer.alloc(0))];
        now.forEach((strip, at) => {
          expect(bitsApart(strip, then[at] ?? '0')).toBeLessThanOrEqual(2);
        });
      }
    },
  );

  test('has colour and placeholder of what is left', async () => {
    const { master, facts } = await cleaned(await photo());
    const everything = { x: 0, y: 0, width: 1, height: 1 };
    const after = await workers.cover({ master: master.bytes, areas: [everything] });
    expect(after.facts.color).toBe('#1f1f24');
    expect(after.facts.placeholder).not.toBe(facts.placeholder);
  });

  test('covered again with the same areas, is the same picture', async () => {
    const { master } = await cleaned(await photo({ width: 800, height: 600 }));
    const once = await workers.cover({ master: master.bytes, areas: [AREA] });
    const twice = await workers.cover({ master: once.master.bytes, areas: [AREA] });
    const [one, two] = [await look(once.master.bytes), await look(twice.master.bytes)];
    for (let at = 0; at < 600; at += 7) {
      expect(farApart(one.at(at, at), two.at(at, at))).toBeLessThan(24);
    }
    expect(await strayInside(twice.master.bytes)).toBeLessThan(8);
  });

  test('that is none costs nobody else anything', async () => {
    await expect(workers.cover({ master: svg(), areas: [AREA] })).rejects.toThrow(WorkerLost);
    const { master } = await cleaned(await photo({ width: 80, height: 60 }));
    const { width } = (await workers.cover({ master: master.bytes, areas: [AREA] })).master;
    expect(width).toBe(80);
  });
});
