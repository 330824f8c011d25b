import { areaToPixels } from '../../submission/area-pixels.ts';
import type { Area } from '../../submission/areas.ts';
import { MASTER_SIDE } from '../../submission/renditions.ts';
import type { Picture } from './decode.ts';
import { encode } from './encode.ts';

/** The colour the service covers with, too. */
const COVER = '#1f1f24';
const QUALITY = 0.9;

/** Draws a picture upright at the size the service keeps. */
export function drawPicture(canvas: HTMLCanvasElement, picture: Picture): void {
  const [width, height] =
    picture instanceof HTMLImageElement
      ? [picture.naturalWidth, picture.naturalHeight]
      : [picture.width, picture.height];
  const scale = Math.min(1, MASTER_SIDE / Math.max(width, height));
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = contextOf(canvas);
  // A transparent picture gets a white ground, as the service gives it.
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  if (picture instanceof ImageBitmap) picture.close();
}

/** A new JPEG of the picture with the areas painted into its pixels, and nothing hidden in it. */
export async function encodeCovered(
  source: HTMLCanvasElement,
  areas: readonly Area[],
): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = source.width;
  canvas.height = source.height;
  const context = contextOf(canvas);
  context.drawImage(source, 0, 0);
  context.fillStyle = COVER;
  for (const area of areas) {
    const pixels = areaToPixels(area, canvas.width, canvas.height);
    if (pixels) context.fillRect(pixels.left, pixels.top, pixels.width, pixels.height);
  }
  return encode(canvas, 'image/jpeg', QUALITY);
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  return context;
}
