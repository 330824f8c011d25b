import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import { readSheets, sizeOf } from '../../src/gallery/map.ts';
import { qrCode } from '../../src/qr.ts';
import { embassies } from '../pages/samples.ts';

const sheets = readSheets();
/** Moves and lines with whole numbers, and nothing else. */
const OUTLINE = /^(M-?\d+[ -]\d+(l-?\d+[ -]\d+([ -]\d+[ -]\d+)*)?z)+$/;
/** On a phone a sheet is about 330 pixels wide; two marks closer than this could not be told apart. */
const PHONE = 330;
const APART = 10;

describe('the maps', () => {
  it('show each embassy as one link, and each in a crowded part once more in the world', () => {
    const slugs = embassies.map(({ slug }) => slug).sort();
    const dots = sheets.flatMap((sheet) => sheet.dots.map(({ slug }) => slug));
    expect(dots.sort()).toEqual(slugs);
    const [world, ...others] = sheets;
    expect(others.map(({ name }) => name)).toEqual(world?.parts.map(({ name }) => name));
    for (const part of world?.parts ?? []) {
      const sheet = others.find(({ name }) => name === part.name);
      expect(part.dots.map(({ slug }) => slug)).toEqual(sheet?.dots.map(({ slug }) => slug));
    }
  });

  it('are lines and nothing else, and small', () => {
    for (const { land, dots, parts } of sheets) {
      const outlines = [land, ...dots.map(({ reach }) => reach), ...parts.map((p) => p.around)];
      for (const outline of outlines) expect(outline).toMatch(OUTLINE);
      expect(land.length).toBeGreaterThan(3000);
    }
    expect(JSON.stringify(sheets).length).toBeLessThan(40_000);
  });

  it('keep marks apart, inside, near where they belong, and each within its own reach', () => {
    for (const { name, width, height, dots } of sheets) {
      for (const [index, { slug, x, y, home, reach }] of dots.entries()) {
        const here = `${slug} on ${name}`;
        expect(x > 0 && x < width && y > 0 && y < height, here).toBe(true);
        for (const other of dots.slice(index + 1)) {
          const pixels = (Math.hypot(x - other.x, y - other.y) * PHONE) / width;
          expect(pixels, `${here} and ${other.slug}`).toBeGreaterThan(APART);
        }
        if (home) expect(Math.hypot(x - home[0], y - home[1]), here).toBeLessThan(0.05 * width);
        expect(isInside([x, y], cornersOf(reach)), here).toBe(true);
      }
    }
  });

  it('lie where the world has them', () => {
    const world = new Map(sheets[0]?.dots.map((dot) => [dot.slug, dot]));
    const at = (slug: string) => world.get(slug) ?? { x: Number.NaN, y: Number.NaN };
    expect(at('embassy-ottawa').y).toBeLessThan(at('embassy-buenos-aires').y);
    expect(at('embassy-ottawa').x).toBeLessThan(at('embassy-tokyo').x);
    expect(at('embassy-nairobi').y).toBeLessThan(at('embassy-pretoria').y);
  });
});

it('draws more photos larger, and none in a size of its own', () => {
  expect([0, 1, 2, 4, 5, 19, 20, 99, 100, 9999].map(sizeOf)).toEqual([
    0, 1, 2, 2, 3, 3, 4, 4, 5, 5,
  ]);
});

it('draws a QR code module by module, with the margin scanners need', () => {
  const text = 'https://photos.example.org/send?embassy=consulate-general-saint-petersburg';
  const { size, path } = qrCode(text);
  const { data } = encode(text, { ecc: 'M', border: 4 });
  const drawn = data.map((row) => row.map(() => false));
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    (drawn[Number(y)] as boolean[])[Number(x)] = true;
  }
  expect(drawn).toEqual(data);
  expect(path.replaceAll(/M\d+ \d+h1v1h-1z/g, '')).toBe('');
  expect(data).toHaveLength(size);
  expect(data.slice(0, 4).flat()).not.toContain(true);
});

type Place = [x: number, y: number];

function cornersOf(path: string): Place[] {
  const numbers = path.match(/-?\d+/g)?.map(Number) ?? [];
  const corners: Place[] = [];
  let [x, y] = [0, 0];
  for (let at = 0; at < numbers.length; at += 2) {
    x += numbers[at] ?? 0;
    y += numbers[at + 1] ?? 0;
    corners.push([x, y]);
  }
  return corners;
}

/** Whether a place lies on the same side of all edges of a convex ring. */
function isInside([x, y]: Place, corners: Place[]): boolean {
  const sides = corners.map(([ax, ay], index) => {
    const [bx, by] = corners[(index + 1) % corners.length] as Place;
    return (bx - ax) * (y - ay) - (by - ay) * (x - ax);
  });
  return sides.every((side) => side >= 0) || sides.every((side) => side <= 0);
}
