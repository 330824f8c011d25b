import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaign } from '../../src/campaign/campaign.ts';
import { type Child, startChild } from '../../src/image/child.ts';
import { hasLetters } from '../../src/image/lettering-font.ts';
import type { CardJob } from '../../src/image/protocol.ts';
import { openImageWorkers, WorkerLost } from '../../src/image/workers.ts';
import { photo, svg } from '../support/pictures.ts';
import { farApart, look } from './support/look.ts';

const PANEL = [0x3a, 0x14, 0x40];
const MARGIN = 48;
/** JPEG rings for some pixels beside an edge. */
const RING = 9;
/** Where the photo of these tests begins: it is 4:3, so that it is as wide as any. */
const PHOTO_LEFT = 440;

/** The service takes a child for each card; starting one takes ten times as long as drawing. */
let child: Child;
let picture: Buffer;
let plain: Looked;
beforeAll(async () => {
  child = startChild({ timeoutMs: 20_000, niceness: 0 });
  await child.ready;
  picture = await photo({ width: 960, height: 720 });
  plain = await look(await draw());
});
afterAll(() => child.kill());

function job(changes: Partial<CardJob> = {}): CardJob {
  return {
    photos: [picture],
    slogan: campaign.slogan,
    title: 'Wien',
    titleElse: 'Vienna',
    line: 'Embassy of Azerbaijan in Vienna',
    ...changes,
  };
}

async function draw(changes: Partial<CardJob> = {}): Promise<Buffer> {
  const answer = await child.ask({ kind: 'card', job: job(changes) }, 500);
  if (answer.kind !== 'drawn') throw new Error(`The child said ${answer.kind}`);
  return answer.jpeg;
}

type Looked = Awaited<ReturnType<typeof look>>;

/** Columns of the panel, from left to right, that hold anything but its colour. */
function writtenColumns(card: Looked, from = 0, to = PHOTO_LEFT - RING): number[] {
  const columns: number[] = [];
  for (let x = from; x < to; x += 1) {
    for (let y = 0; y < 590; y += 2) {
      if (farApart(card.at(x, y), PANEL) > 60) {
        columns.push(x);
        break;
      }
    }
  }
  return columns;
}

/** How many sampled pixels of two cards differ within a range of columns. */
function differing(one: Looked, other: Looked, from: number, to: number): number {
  let count = 0;
  for (let y = 0; y < 630; y += 3) {
    for (let x = from; x < to; x += 3) if (farApart(one.at(x, y), other.at(x, y)) > 60) count += 1;
  }
  return count;
}

describe('a card', () => {
  test('is a plain JPEG of 1200 x 630 in sRGB, without metadata', async () => {
    const jpeg = await draw();
    const metadata = await sharp(jpeg).metadata();
    expect(metadata).toMatchObject({ format: 'jpeg', width: 1200, height: 630, space: 'srgb' });
    expect(metadata).toMatchObject({ hasProfile: false, channels: 3, isProgressive: false });
    expect(metadata.exif ?? metadata.xmp ?? metadata.iptc).toBeUndefined();
    expect(jpeg.length).toBeLessThan(200_000);
  });

  test('says slogan, city and embassy', async () => {
    const full = await look(await draw());
    for (const without of [{ slogan: '' }, { title: '', titleElse: '' }, { line: '' }]) {
      const less = await look(await draw(without));
      expect(differing(full, less, 0, PHOTO_LEFT), Object.keys(without)[0]).toBeGreaterThan(100);
      expect(differing(full, less, PHOTO_LEFT + RING, 1200)).toBe(0);
    }
  });

  test('has the rainbow below', async () => {
    const card = await look(await draw());
    const stripes = [0xe40303, 0xff8c00, 0xffed00, 0x008026, 0x24408e, 0x732982];
    stripes.forEach((color, at) => {
      const rgb = [color >> 16, (color >> 8) & 255, color & 255];
      expect(farApart(card.at(600, 602 + at * 5), rgb)).toBeLessThan(60);
    });
  });

  test.each([
    ['upright', 540, 960],
    ['4:3', 960, 720],
    ['square', 800, 800],
    ['wide', 1600, 500],
    ['very tall', 300, 960],
    ['tiny', 60, 45],
  ])('stretches nobody: %s', async (_, width, height) => {
    const side = Math.round(Math.min(width, height) / 4);
    const square = await sharp({ create: { width, height, channels: 3, background: '#000' } })
      .composite([
        {
          input: { create: { width: side, height: side, channels: 3, background: '#fff' } },
          left: Math.round((width - side) / 2),
          top: Math.round((height - side) / 2),
        },
      ])
      .jpeg({ quality: 95 })
      .toBuffer();
    const card = await look(
      await draw({ photos: [square], slogan: '', title: '', titleElse: '', line: '' }),
    );
    const white: [x: number, y: number][] = [];
    for (let y = 0; y < 595; y += 1) {
      for (let x = 0; x < 1200; x += 1) if (Math.min(...card.at(x, y)) > 128) white.push([x, y]);
    }
    const wide = new Set(white.map(([x]) => x)).size;
    const high = new Set(white.map(([, y]) => y)).size;
    expect(wide).toBeGreaterThan(50);
    expect(Math.abs(wide / high - 1)).toBeLessThan(0.06);
  });

  test('shows four photos, or a drawn flag in place of none', async () => {
    const colors = ['#a00000', '#00a000', '#0000a0', '#a0a000'];
    const four = await Promise.all(
      colors.map((background) =>
        sharp({ create: { width: 480, height: 640, channels: 3, background } })
          .jpeg()
          .toBuffer(),
      ),
    );
    const card = await look(await draw({ photos: four }));
    const middles = [
      [640, 150],
      [1000, 150],
      [640, 450],
      [1000, 450],
    ] as const;
    middles.forEach(([x, y], at) => {
      const color = Number.parseInt(colors[at]?.slice(1) ?? '', 16);
      expect(farApart(card.at(x, y), [color >> 16, (color >> 8) & 255, color & 255])).toBeLessThan(
        12,
      );
    });
    const flag = await look(await draw({ photos: [] }));
    expect(farApart(flag.at(900, 50), [0xe4, 3, 3])).toBeLessThan(12);
    expect(farApart(flag.at(900, 550), [0x73, 0x29, 0x82])).toBeLessThan(12);
  });

  test('of what is no picture of ours costs nobody else anything', async () => {
    const workers = openImageWorkers({ count: 1, timeoutMs: 20_000 });
    await expect(workers.drawCard(job({ photos: [svg()] }))).rejects.toThrow(WorkerLost);
    expect((await workers.drawCard(job())).equals(await draw())).toBe(true);
    await workers.close();
  });
});

describe('letters', () => {
  test('come with the service: a system without fonts draws the same', async () => {
    const script = `
      import { drawCard } from './src/image/card.ts';
      const words = { slogan: 'Compete 4 Equality!', title: 'Bakı', titleElse: '', line: 'Посольство' };
      process.stdout.write(await drawCard({ photos: [], ...words }));`;
    const config = (await import('../../src/image/lettering-font.ts')).FONT_CONFIG;
    const alone = execFileSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', script],
      { env: { FONTCONFIG_FILE: config, HOME: '/nonexistent' }, maxBuffer: 1e7 },
    );
    const words = { title: 'Bakı', titleElse: '', line: 'Посольство' };
    expect(alone.equals(await draw({ photos: [], ...words }))).toBe(true);
  });

  test('the font does not have are not drawn as boxes: the other name is', async () => {
    const latin = await draw({ title: 'Vienna' });
    for (const title of ['東京', 'กรุงเทพ', 'ウィーン Wien', '\u{1F1E6}\u{1F1F9} Wien']) {
      expect(hasLetters(title), title).toBe(false);
      expect((await draw({ title })).equals(latin), title).toBe(true);
    }
    for (const title of ['Şəki', 'Санкт-Петербург', 'Αθήνα', 'İstanbul', 'القاهرة', 'Tiranë']) {
      expect(hasLetters(title), title).toBe(true);
      expect((await draw({ title })).equals(latin), title).toBe(false);
    }
  });

  const hostile = [
    '<b>bold</b>',
    '</span><span size="999999">',
    '&lt;&amp;&#0;&unknown;',
    '<span foreground="red"',
    ']]>',
    '--><svg onload=alert(1)>',
    "';DROP TABLE--",
    '\0\u0001\u001f\u007f',
    '\ud800',
    '\u202etxet desrever\u202c',
    '\ufeff\u200b\u2060',
    '\n\n\n\n\n\n\n\n',
    ' ',
    '',
    'W'.repeat(2_000),
    'Donaudampfschifffahrtsgesellschaftskapitänsmützenstadt',
    'Elektrikləşdirilməmişlərdənsinizmişcəsinə-Qəhrəmanlıqlarımızdan',
    'a\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030a\u030b\u030c'.repeat(20),
    '﷽'.repeat(30),
    'الدار البيضاء '.repeat(20),
    '%s%n%x {city}',
    'i '.repeat(500),
  ];
  const words = fc.oneof(
    fc.constantFrom(...hostile),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({
      unit: fc.constantFrom('<', '>', '&', '"', 'ə', 'W', ' ', ';', '#', '/'),
      maxLength: 120,
    }),
  );
  const staysInside = async (text: string) => {
    const card = await look(await draw({ title: text, titleElse: text, line: text }));
    const columns = writtenColumns(card);
    expect(columns.filter((x) => x < MARGIN - RING || x > PHOTO_LEFT - MARGIN + RING)).toEqual([]);
    expect(differing(card, plain, PHOTO_LEFT + RING, 1200)).toBe(0);
  };
  test('of strangers stay inside their column', async () => {
    for (const text of hostile) await staysInside(text);
  });

  test('of strangers stay there whatever they are', async () => {
    await fc.assert(fc.asyncProperty(words, staysInside), { numRuns: 20 });
  }, 60_000);
});
