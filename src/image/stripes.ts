import { HUE_STEPS, NO_HUE } from './hues.ts';

/** A stretch of one of the six colours on a scan line, in pixels along the line. */
export interface Run {
  /** 0 red, 1 orange, 2 yellow, 3 green, 4 blue, 5 violet. */
  color: number;
  start: number;
  length: number;
  /** How far the hue drifts from its first to its last quarter, in steps of 2 degrees. */
  drift: number;
}

/** First hue, in degrees, of orange, yellow, green, blue, violet, and of red again. */
const BORDERS = [14, 42, 69, 170, 240, 338];
const COLOR_OF_HUE = Uint8Array.from({ length: HUE_STEPS }, (_, hue) => {
  const color = BORDERS.findIndex((border) => hue * 2 < border);
  return color === -1 ? 0 : color;
});

/** Pixels: a thinner stretch is the blur between two stripes. */
const THINNEST = 2;
/** Longest stripe against the shortest, with room for folds, perspective and a merged neighbour. */
const UNEVEN = 3;
/** Space between two stripes against their length. */
const GAP = 0.6;
/** Drift within stripes against the steps between them: 0.5 in a smooth gradient, near 0 in cloth. */
const SMOOTH = 0.3;
/** Of the six colours; violet melts into blue, orange into red, when the light is poor. */
const FEWEST = 5;
const COLORS = 6;
/** From red to violet, about 290 degrees. */
const HUE_SPAN = 145;

/** Cuts a scan line of hues into its stretches of colour. */
export function runsOf(line: Uint8Array, length: number): Run[] {
  const runs: Run[] = [];
  for (let start = 0; start < length; ) {
    const color = colorOf(line[start]);
    let end = start + 1;
    while (end < length && colorOf(line[end]) === color) end += 1;
    if (color !== null && end - start >= THINNEST) {
      runs.push({ color, start, length: end - start, drift: driftOf(line, start, end) });
    }
    start = end;
  }
  return runs;
}

function colorOf(hue: number | undefined): number | null {
  return hue === undefined || hue === NO_HUE ? null : (COLOR_OF_HUE[hue] ?? null);
}

function driftOf(line: Uint8Array, start: number, end: number): number {
  const quarter = (end - start) >> 2;
  return apart(line[start + quarter] ?? 0, line[end - 1 - quarter] ?? 0);
}

function apart(one: number, other: number): number {
  const distance = Math.abs(one - other);
  return Math.min(distance, HUE_STEPS - distance);
}

/** Middle of the first flag-like row of stripes among the runs, upwards or downwards; or null. */
export function stripesIn(runs: Run[]): number | null {
  for (let first = 0; first + FEWEST <= runs.length; first += 1) {
    for (const step of [1, -1]) {
      const chain = chainFrom(runs, first, step);
      if (isFlag(chain)) return middleOf(chain);
    }
  }
  return null;
}

/** The longest row of colours in order that begins with a run; one of the six may be missing. */
function chainFrom(runs: Run[], first: number, step: number): Run[] {
  const chain: Run[] = [];
  for (const run of runs.slice(first, first + 2 * COLORS)) {
    const last = chain.at(-1);
    if (!last) {
      chain.push(run);
      continue;
    }
    if (run.start - (last.start + last.length) > GAP * last.length + 1) break;
    const steps = (run.color - last.color) * step;
    if (steps === 1 || steps === 2) chain.push(run);
    else if (run.length > last.length / 3) break;
  }
  return chain;
}

function isFlag(chain: Run[]): boolean {
  const [first, last] = [chain.at(0), chain.at(-1)];
  if (!first || !last || chain.length < FEWEST) return false;
  const lengths = chain.map((run) => run.length);
  if (Math.max(...lengths) > UNEVEN * Math.min(...lengths)) return false;
  const drift = chain.reduce((sum, run) => sum + run.drift, 0);
  return drift < SMOOTH * HUE_SPAN;
}

function middleOf(chain: Run[]): number {
  const [first, last] = [chain.at(0), chain.at(-1)];
  return first && last ? (first.start + last.start + last.length) / 2 : 0;
}
