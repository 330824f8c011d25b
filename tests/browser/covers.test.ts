import { describe, expect, it } from 'vitest';
import { openAreas } from '../../src/browser/cover/areas.ts';
import { merged, tiles, withHead } from '../../src/browser/cover/faces-boxes.ts';
import {
  areaBetween,
  clampArea,
  movedArea,
  resizedArea,
} from '../../src/browser/cover/geometry.ts';
import { BUTTON_CHANGES, keyChange } from '../../src/browser/cover/keys.ts';

const area = { x: 0.2, y: 0.3, width: 0.4, height: 0.5 };
const inside = ({ x, y, width, height }: typeof area) =>
  x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= 1 + 1e-9 && y + height <= 1 + 1e-9;

describe('areas', () => {
  it('never leave the picture', () => {
    for (const by of [-2, -0.3, 0, 0.3, 2]) {
      expect(inside(movedArea(area, by, -by))).toBe(true);
      expect(inside(resizedArea(area, by, by))).toBe(true);
      expect(inside(clampArea({ x: by, y: by, width: by, height: by }))).toBe(true);
    }
  });

  it('lie between two points in any order', () => {
    const [a, b] = [
      { x: 0.7, y: 0.2 },
      { x: 0.3, y: 0.6 },
    ];
    const between = areaBetween(a, b);
    expect(between).toEqual(areaBetween(b, a));
    expect(between.x).toBeCloseTo(0.3);
    expect(between.width).toBeCloseTo(0.4);
  });

  it('move by arrows, size by Shift and arrows, and leave other keys alone', () => {
    const press = (key: string, shiftKey = false) =>
      keyChange({ key, shiftKey, altKey: false }, area);
    expect(press('ArrowRight')?.x).toBeCloseTo(0.21);
    expect(press('ArrowUp', true)?.height).toBeCloseTo(0.49);
    expect(press('Tab')).toBeUndefined();
    expect(BUTTON_CHANGES.narrower?.(area).width).toBeCloseTo(0.37);
  });
});

describe('the areas of a photo', () => {
  it('undo step by step, a whole drag at once', () => {
    const areas = openAreas(() => {});
    const [id = 0] = areas.add([area]);
    for (const x of [0.1, 0.15, 0.2]) areas.change(id, { ...area, x }, 'draw');
    areas.endStep();
    areas.change(id, { ...area, x: 0.5 }, 'drag');
    areas.undo();
    expect(areas.get(id)?.x).toBe(0.2);
    areas.undo();
    expect(areas.all()).toEqual([]);
    expect(areas.canUndo()).toBe(false);
  });

  it('cover nothing that was only proposed', () => {
    const areas = openAreas(() => {});
    areas.add([area, area], true);
    expect(areas.agreed()).toEqual([]);
    expect(areas.hasProposals()).toBe(true);
    areas.decide(true);
    expect(areas.agreed()).toEqual([area, area]);
    areas.undo();
    areas.decide(false);
    expect(areas.all()).toEqual([]);
  });

  it('are no more than the service takes', () => {
    const areas = openAreas(() => {});
    areas.add(Array(120).fill(area));
    expect(areas.agreed()).toHaveLength(100);
    expect(areas.add([area])).toEqual([]);
  });
});

describe('faces', () => {
  it('found in two parts are one', () => {
    const shifted = { ...area, x: area.x + 0.02 };
    const other = { x: 0.8, y: 0.05, width: 0.1, height: 0.1 };
    expect(merged([area, shifted, other])).toEqual([area, other]);
  });

  it('are covered with the head around them, inside the picture', () => {
    const head = withHead(area);
    expect(head.x).toBeLessThan(area.x);
    expect(head.width).toBeGreaterThan(area.width);
    expect(inside(withHead({ x: 0, y: 0, width: 1, height: 1 }))).toBe(true);
  });

  it('are looked for in parts that leave nothing out', () => {
    for (const { left, top, width, height } of tiles(801, 601)) {
      expect(left >= 0 && top >= 0 && left + width <= 801 && top + height <= 601).toBe(true);
    }
  });
});
