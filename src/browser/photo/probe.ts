import { encode } from './encode.ts';

const SIDE = 32;

/**
 * Whether this browser gives back the pixels it was given. Tor Browser and others answer with
 * noise, so that pages cannot recognise a device; a picture made from that would be ruined.
 */
export async function canvasIsHonest(): Promise<boolean> {
  try {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = SIDE;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) return false;
    const drawn = draw(context);
    if (!same(drawn, context.getImageData(0, 0, SIDE, SIDE).data)) return false;
    const again = await createImageBitmap(await encode(canvas, 'image/png'));
    context.clearRect(0, 0, SIDE, SIDE);
    context.drawImage(again, 0, 0);
    return same(drawn, context.getImageData(0, 0, SIDE, SIDE).data);
  } catch {
    return false;
  }
}

/** Paints squares of colours nobody would guess, and returns the pixels they must be. */
function draw(context: CanvasRenderingContext2D): Uint8ClampedArray {
  const expected = new Uint8ClampedArray(SIDE * SIDE * 4);
  const colours = crypto.getRandomValues(new Uint8Array(SIDE * SIDE * 3));
  for (let at = 0; at < SIDE * SIDE; at += 1) {
    const rgb = colours.subarray(at * 3, at * 3 + 3);
    expected.set([...rgb, 255], at * 4);
    context.fillStyle = `rgb(${rgb.join(' ')})`;
    context.fillRect(at % SIDE, Math.floor(at / SIDE), 1, 1);
  }
  return expected;
}

function same(a: Uint8ClampedArray, b: Uint8ClampedArray): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at]);
}
