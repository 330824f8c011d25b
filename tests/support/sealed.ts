import sharp from 'sharp';
import { openKeys } from '../../src/keys.ts';
import type { SealedPart } from '../../src/store/photos.ts';
import { openPhotosOf } from './photo-store.ts';
import { SECRET_KEY, type Service } from './service.ts';

/** What a service keeps sealed of a photo, opened with its key; null when it is not there. */
export async function openSealed(
  { folder }: Pick<Service, 'folder'>,
  id: string,
  part: SealedPart,
): Promise<Buffer | null> {
  const photos = await openPhotosOf(folder, openKeys(SECRET_KEY).key('photos'));
  return photos.open(id, part);
}

/** Pixels of an encoded picture, three bytes each. */
export function pixelsOf(picture: Buffer) {
  return sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
}
export type Raw = Awaited<ReturnType<typeof pixelsOf>>;

const COVER = [0x1f, 0x1f, 0x24];
const NEAR = 40;

export function isNear({ data, info }: Raw, x: number, y: number, colour: readonly number[]) {
  const at = (y * info.width + x) * info.channels;
  return colour.every((value, c) => Math.abs(value - (data[at + c] ?? 0)) < NEAR);
}

/** Edges of what is painted over, in pixels. */
export function coveredEdges(picture: Raw) {
  const { width, height } = picture.info;
  const edges = { left: width, top: height, right: 0, bottom: 0 };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (!isNear(picture, x, y, COVER)) continue;
      edges.left = Math.min(edges.left, x);
      edges.right = Math.max(edges.right, x + 1);
      edges.top = Math.min(edges.top, y);
      edges.bottom = Math.max(edges.bottom, y + 1);
    }
  }
  return edges;
}
