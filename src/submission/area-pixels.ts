import type { Area } from './areas.ts';

/** Whole pixels of a picture. */
export interface PixelArea {
  left: number;
  top: number;
  width: number;
  height: number;
}

/**
 * Maps an area onto a picture of `width` x `height` pixels. Edges are rounded outwards, so that
 * the painted rectangle never shows a pixel of what the person meant to hide.
 * Null when nothing of the area lies inside the picture.
 */
export function areaToPixels(area: Area, width: number, height: number): PixelArea | null {
  const left = Math.floor(area.x * width);
  const top = Math.floor(area.y * height);
  const right = Math.min(width, Math.ceil((area.x + area.width) * width));
  const bottom = Math.min(height, Math.ceil((area.y + area.height) * height));
  if (right <= left || bottom <= top) return null;
  return { left, top, width: right - left, height: bottom - top };
}
