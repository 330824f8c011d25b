import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaToPixels } from '../../src/submission/area-pixels.ts';
import { type Area, areasSchema } from '../../src/submission/areas.ts';

const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const area: fc.Arbitrary<Area> = fc.record({
  x: fraction,
  y: fraction,
  width: fraction,
  height: fraction,
});
const side = fc.integer({ min: 1, max: 4000 });

describe('areaToPixels', () => {
  it('covers every pixel the area touches, and nothing outside the picture', () => {
    fc.assert(
      fc.property(area, side, side, (a, width, height) => {
        const pixels = areaToPixels(a, width, height);
        if (!pixels) return;
        expect(pixels.left).toBeGreaterThanOrEqual(0);
        expect(pixels.left).toBeLessThanOrEqual(a.x * width);
        expect(pixels.left + pixels.width).toBeLessThanOrEqual(width);
        const right = Math.min(width, (a.x + a.width) * width);
        const bottom = Math.min(height, (a.y + a.height) * height);
        expect(pixels.left + pixels.width).toBeGreaterThanOrEqual(right);
        expect(pixels.top).toBeLessThanOrEqual(a.y * height);
        expect(pixels.top + pixels.height).toBeGreaterThanOrEqual(bottom);
      }),
    );
  });

  it('rounds outwards', () => {
    const pixels = areaToPixels({ x: 0.15, y: 0.15, width: 0.1, height: 0.1 }, 10, 10);
    expect(pixels).toEqual({ left: 1, top: 1, width: 2, height: 2 });
  });

  it('is null when nothing lies inside', () => {
    expect(areaToPixels({ x: 1, y: 0, width: 0.5, height: 1 }, 100, 100)).toBeNull();
    expect(areaToPixels({ x: 0.5, y: 0.5, width: 0, height: 0 }, 100, 100)).toBeNull();
  });
});

describe('areasSchema', () => {
  const good = { x: 0, y: 0, width: 1, height: 1 };

  it.each([-0.1, 1.1, Number.NaN, Number.POSITIVE_INFINITY, '0.5'])(
    'refuses %s as a place',
    (x) => {
      expect(areasSchema.safeParse([{ ...good, x }]).success).toBe(false);
    },
  );

  it('takes a hundred areas and no more', () => {
    expect(areasSchema.safeParse(Array(100).fill(good)).success).toBe(true);
    expect(areasSchema.safeParse(Array(101).fill(good)).success).toBe(false);
  });
});
