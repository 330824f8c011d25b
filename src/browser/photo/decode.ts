import type { Kind } from '../reveal/reveal.ts';
import { decodeHeic } from './heic.ts';

/** What a canvas can draw, upright. */
export type Picture = ImageBitmap | HTMLImageElement;

/**
 * Opens a photo as the browser shows it, upright. HEIC is decoded by a worker where the browser
 * cannot. Null when nothing here can open it.
 */
export async function decode(
  file: Blob,
  content: Uint8Array<ArrayBuffer>,
  kind: Kind,
): Promise<Picture | null> {
  const own = await decodeByBrowser(file);
  if (own || kind !== 'heic') return own;
  try {
    return await decodeHeic(content);
  } catch {
    return null;
  }
}

async function decodeByBrowser(file: Blob): Promise<Picture | null> {
  try {
    if (!(await turnsUpright())) return await decodeByElement(file);
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return null;
  }
}

/** Elements turn pictures upright in every browser; `createImageBitmap` does not in older ones. */
async function decodeByElement(file: Blob): Promise<Picture> {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  try {
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

let upright: Promise<boolean> | undefined;

/** Asks with a picture of 2 x 1 pixels that its orientation makes 1 x 2. */
function turnsUpright(): Promise<boolean> {
  upright ??= createImageBitmap(new Blob([lyingJpeg()]), { imageOrientation: 'from-image' }).then(
    ({ width, height }) => width === 1 && height === 2,
    () => false,
  );
  return upright;
}

function lyingJpeg(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(LYING), (letter) => letter.charCodeAt(0));
}

/** A JPEG of 2 x 1 pixels with EXIF orientation 6. */
const LYING =
  '/9j/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDAP//////////////////////' +
  '////////////////////////////////////////////////////////////////2wBDAf//////////' +
  '////////////////////////////////////////////////////////////////////////////wgAR' +
  'CAABAAIDASIAAhEBAxEB/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQBAQAAAAAAAAAAAAAAAAAAAAD/' +
  '2gAMAwEAAhADEAAAAAP/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAE/AH//xAAUEQEAAAAAAAAA' +
  'AAAAAAAAAAAA/9oACAECAQE/AH//xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oACAEDAQE/AH//2Q==';
