import type { Check, CheckCode } from '../submission/photo.ts';
import type { Pixels } from './pixels.ts';
import type { Header } from './policy.ts';
import { showsRainbow } from './rainbow.ts';
import type { Traces } from './traces.ts';

/** What the checks look at: the painted picture on a small scale, and what the file said of itself. */
export interface Seen {
  smallest: Pixels;
  header: Header;
  traces: Traces;
}

/** Short side in pixels below which a photo looks poor on a page. */
const SMALL = 960;
/** Mean squared difference of a pixel from its neighbours, on the 480 px copy. */
const SOFT = 30;
/** Mean brightness, 0 to 255. */
const [DARK, BRIGHT] = [45, 225];
/** Standard deviation of brightness; a covered lens or a white sheet has less. */
const FLAT = 8;
/** Share of pixels exactly like their right neighbour; drawn surfaces have more than photos. */
const [DRAWN, DRAWN_FOR_SURE] = [0.3, 0.6];

/**
 * Looks a photo over for people to whom it may be a hint. `place` and `repeat` need to know more
 * than the picture and are checked elsewhere.
 */
export function check({ smallest, header, traces }: Seen): Check[] {
  const luma = brightness(smallest);
  const { mean, deviation } = spread(luma);
  return [
    warnIf('size', Math.min(header.width, header.height) < SMALL && 'small'),
    warnIf('sharpness', detail(luma, smallest) < SOFT && 'soft'),
    warnIf('exposure', (mean < DARK && 'dark') || (mean > BRIGHT && 'bright')),
    warnIf('blank', deviation < FLAT && 'blank'),
    warnIf('screenshot', looksDrawn(luma, smallest, header, traces) && 'likely'),
    showsRainbow(smallest)
      ? { code: 'rainbow', outcome: 'pass', finding: 'found' }
      : { code: 'rainbow', outcome: 'warn', finding: 'not-found' },
  ];
}

function warnIf(code: CheckCode, finding: string | false): Check {
  return finding ? { code, outcome: 'warn', finding } : { code, outcome: 'pass', finding: 'good' };
}

function brightness({ data }: Pixels): Uint8Array {
  const luma = new Uint8Array(data.length / 3);
  for (let at = 0; at < luma.length; at += 1) {
    const red = data[at * 3] ?? 0;
    const green = data[at * 3 + 1] ?? 0;
    const blue = data[at * 3 + 2] ?? 0;
    luma[at] = (red * 54 + green * 183 + blue * 19) >> 8;
  }
  return luma;
}

function spread(luma: Uint8Array): { mean: number; deviation: number } {
  let [sum, squares] = [0, 0];
  for (const value of luma) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / luma.length;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / luma.length - mean * mean)) };
}

/** Mean square of the Laplacian: how much a pixel differs from its four neighbours. */
function detail(luma: Uint8Array, { width, height }: Pixels): number {
  let [sum, count] = [0, 0];
  for (let y = 1; y < height - 1; y += 1) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at += 1) {
      const sides = (luma[at - 1] ?? 0) + (luma[at + 1] ?? 0);
      const ends = (luma[at - width] ?? 0) + (luma[at + width] ?? 0);
      sum += (4 * (luma[at] ?? 0) - sides - ends) ** 2;
      count += 1;
    }
  }
  // Too small to say: no reason to warn of it as well as of the size.
  return count === 0 ? Number.POSITIVE_INFINITY : sum / count;
}

function looksDrawn(luma: Uint8Array, { width }: Pixels, header: Header, traces: Traces): boolean {
  if (/screen ?shot/i.test(traces.words)) return true;
  if (traces.removed.includes('device')) return false;
  let same = 0;
  for (let at = 1; at < luma.length; at += 1) {
    if (at % width !== 0 && luma[at] === luma[at - 1]) same += 1;
  }
  const share = same / luma.length;
  return share > (header.format === 'png' ? DRAWN : DRAWN_FOR_SURE);
}
