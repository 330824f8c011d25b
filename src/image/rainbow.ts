import { huesOf } from './hues.ts';
import type { Pixels } from './pixels.ts';
import { runsOf, stripesIn } from './stripes.ts';

/** Steps along a scan line: down, across and both diagonals. */
const DIRECTIONS = [
  [0, 1],
  [1, 0],
  [1, 1],
  [1, -1],
] as const;
type Direction = (typeof DIRECTIONS)[number];

/** Every third scan line is looked at. */
const LINE_STEP = 3;
/** Lines side by side that must agree; a handful of confetti makes one or two. */
const SUPPORT = 3;
/** Pixels by which the stripes may shift from one line to the next: waves, slanted cloth. */
const SHIFT = 8;

/**
 * Whether the six stripes lie side by side somewhere, in either order. A hint to people, never a
 * verdict: tiny, half hidden and badly lit flags are missed.
 */
export function showsRainbow(picture: Pixels): boolean {
  const hues = huesOf(picture);
  return DIRECTIONS.some((direction) => hasStripes(hues, picture, direction));
}

function hasStripes(hues: Uint8Array, picture: Pixels, direction: Direction): boolean {
  const line = new Uint8Array(Math.max(picture.width, picture.height));
  let [agreeing, before] = [0, Number.NaN];
  for (const [x, y] of lineStarts(picture, direction)) {
    const length = readLine(hues, picture, x, y, direction, line);
    const at = stripesIn(runsOf(line, length));
    // Along the picture's own axis, so that lines beginning at different edges compare.
    const middle = at === null ? Number.NaN : at + (direction[0] === 0 ? y : x);
    agreeing = Math.abs(middle - before) <= SHIFT ? agreeing + 1 : 1;
    before = middle;
    if (agreeing >= SUPPORT) return true;
  }
  return false;
}

/** Where the scan lines of a direction enter the picture. */
function* lineStarts({ width, height }: Pixels, [dx, dy]: Direction): Generator<[number, number]> {
  if (dx === 0) for (let x = 0; x < width; x += LINE_STEP) yield [x, 0];
  else if (dy === 0) for (let y = 0; y < height; y += LINE_STEP) yield [0, y];
  else {
    for (let sum = 0; sum < width + height - 1; sum += LINE_STEP) {
      const x = Math.max(0, sum - height + 1);
      const y = Math.min(sum, height - 1);
      yield [x, dy === -1 ? y : height - 1 - y];
    }
  }
}

/** Copies the hues along a scan line into `line`; answers how many. */
function readLine(
  hues: Uint8Array,
  { width, height }: Pixels,
  startX: number,
  startY: number,
  [dx, dy]: Direction,
  line: Uint8Array,
): number {
  let length = 0;
  for (let x = startX, y = startY; x < width && y >= 0 && y < height; x += dx, y += dy) {
    line[length] = hues[y * width + x] ?? 0;
    length += 1;
  }
  return length;
}
