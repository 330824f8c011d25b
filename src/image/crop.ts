import sharp from 'sharp';
import { type Pixels, toPixels } from './pixels.ts';

/**
 * Fills `width` x `height` pixels with a clean picture of ours, nothing stretched. What is too wide
 * loses both sides; what is too tall loses twice as much below as above, where heads are.
 */
export async function crop(jpeg: Buffer, width: number, height: number): Promise<Pixels> {
  const size = await sharp(jpeg).metadata();
  const scale = Math.max(width / size.width, height / size.height);
  const scaled = {
    width: Math.max(width, Math.round(size.width * scale)),
    height: Math.max(height, Math.round(size.height * scale)),
  };
  const left = Math.floor((scaled.width - width) / 2);
  const top = Math.floor((scaled.height - height) / 3);
  return toPixels(
    sharp(jpeg)
      .resize({ ...scaled, fit: 'fill' })
      .extract({ left, top, width, height }),
  );
}
