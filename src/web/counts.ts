import { openBounded } from './bounded.ts';

/** Keys remembered at once; who floods with more has driven out only counts of others like them. */
const MOST_KEYS = 50_000;

/** How often something happened lately, by key. In memory only. */
export interface Counts {
  hit(key: string): void;
  /** Times in the last window, estimated from two halves that do not slide. */
  of(key: string): number;
}

interface Tally {
  window: number;
  now: number;
  before: number;
}

/** Counts over a window of `windowMs`; two numbers a key, whatever the flood. */
export function openCounts(windowMs: number, now: () => number = Date.now): Counts {
  const tallies = openBounded<Tally>(MOST_KEYS, () => 1);

  function tallyOf(key: string): Tally {
    const window = Math.floor(now() / windowMs);
    const { window: seen = -2, ...last } = tallies.get(key) ?? { now: 0, before: 0 };
    if (seen === window) return { window, ...last };
    return { window, now: 0, before: seen === window - 1 ? last.now : 0 };
  }

  return {
    hit(key) {
      const tally = tallyOf(key);
      tallies.set(key, { ...tally, now: tally.now + 1 });
    },

    of(key) {
      const tally = tallyOf(key);
      const left = 1 - (now() % windowMs) / windowMs;
      return tally.now + tally.before * left;
    },
  };
}
