import type { Area } from '../../submission/areas.ts';

/** Smallest side of an area, in fractions of the picture's. */
export const SMALLEST = 0.01;

/** The part of an area that lies inside the picture, no smaller than can be seen. */
export function clampArea(area: Area): Area {
  const left = clamp(area.x, 0, 1 - SMALLEST);
  const top = clamp(area.y, 0, 1 - SMALLEST);
  const right = clamp(area.x + area.width, left + SMALLEST, 1);
  const bottom = clamp(area.y + area.height, top + SMALLEST, 1);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The same area elsewhere, as a whole inside the picture. */
export function movedArea(area: Area, dx: number, dy: number): Area {
  return {
    ...area,
    x: clamp(area.x + dx, 0, 1 - area.width),
    y: clamp(area.y + dy, 0, 1 - area.height),
  };
}

/** The same area with its right and lower edges elsewhere. */
export function resizedArea(area: Area, dWidth: number, dHeight: number): Area {
  return {
    ...area,
    width: clamp(area.width + dWidth, SMALLEST, 1 - area.x),
    height: clamp(area.height + dHeight, SMALLEST, 1 - area.y),
  };
}

/** The area between two points, whichever lies first. */
export function areaBetween(a: Point, b: Point): Area {
  return clampArea({
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  });
}

export interface Point {
  x: number;
  y: number;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
