import sharp from 'sharp';
import { expect, test } from 'vitest';
import { openImageWorkers } from '../../src/image/workers.ts';
import { farApart, look } from './support/look.ts';

const RED = [200, 20, 20];
const GREEN = [20, 160, 20];
const BLUE = [20, 20, 200];

function plain([r = 0, g = 0, b = 0]: number[], width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
    .jpeg()
    .toBuffer();
}

test('tiles lie side by side and rows below each other, without metadata, one for print and one for the page', async () => {
  const workers = openImageWorkers({ count: 1, timeoutMs: 20_000 });
  const [red, green, blue] = [
    await plain(RED, 480, 360),
    await plain(GREEN, 270, 480),
    await plain(BLUE, 40, 30),
  ];
  const first = { jpegs: [red, green, blue], widths: [800, 800, 800], height: 400 };
  const rows = [
    await workers.drawRow(first),
    await workers.drawRow({ jpegs: [blue, red], widths: [1201, 1199], height: 400 }),
  ];
  const { full, small } = await workers.stackRows(rows);
  await workers.close();
  expect(full).toMatchObject({ width: 2400, height: 800 });
  expect(small).toMatchObject({ width: 1600, height: 533 });
  const metadata = await sharp(full.bytes).metadata();
  expect(metadata).toMatchObject({ format: 'jpeg', space: 'srgb', hasProfile: false });
  expect(metadata.exif ?? metadata.xmp ?? metadata.iptc).toBeUndefined();
  for (const [bytes, scale] of [
    [full.bytes, 1],
    [small.bytes, 2 / 3],
  ] as const) {
    const picture = await look(bytes);
    const at = (x: number, y: number) => picture.at(Math.round(x * scale), Math.round(y * scale));
    expect(farApart(at(20, 200), RED)).toBeLessThan(10);
    expect(farApart(at(780, 200), RED)).toBeLessThan(10);
    expect(farApart(at(820, 200), GREEN)).toBeLessThan(10);
    expect(farApart(at(2380, 380), BLUE)).toBeLessThan(10);
    expect(farApart(at(20, 420), BLUE)).toBeLessThan(10);
    expect(farApart(at(2380, 780), RED)).toBeLessThan(10);
  }
});
