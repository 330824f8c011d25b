import type { Area } from '../../submission/areas.ts';
import { clampArea } from './geometry.ts';

/** A picture for the detector: four bytes per pixel. */
export interface FaceJob {
  pixels: Uint8ClampedArray;
  width: number;
  height: number;
}

interface Tile {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** How much of a side a part takes: neighbours overlap, so that no face is cut in all of them. */
const SHARE = 0.6;
/** A box of the detector ends at brow and chin; a head is larger. */
const HEAD = 0.25;
/** Boxes that share this much of the smaller one are one face. */
const ONE_FACE = 0.4;

/** The whole picture and its four overlapping corners. */
export function tiles(width: number, height: number): Tile[] {
  const [w, h] = [Math.round(width * SHARE), Math.round(height * SHARE)];
  const corners = [0, width - w].flatMap((left) =>
    [0, height - h].map((top) => ({ left, top, width: w, height: h })),
  );
  return [{ left: 0, top: 0, width, height }, ...corners];
}

/** One box per face: of boxes that overlap the first stays. */
export function merged(boxes: readonly Area[]): Area[] {
  const kept: Area[] = [];
  for (const box of boxes)
    if (!kept.some((other) => overlap(box, other) > ONE_FACE)) kept.push(box);
  return kept;
}

export function withHead({ x, y, width, height }: Area): Area {
  return clampArea({
    x: x - width * HEAD,
    y: y - height * HEAD * 1.5,
    width: width * (1 + 2 * HEAD),
    height: height * (1 + 2.5 * HEAD),
  });
}

/** Shared part of two boxes as a fraction of the smaller one. */
function overlap(a: Area, b: Area): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / Math.min(a.width * a.height, b.width * b.height);
}
