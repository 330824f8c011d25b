import { expect, it } from 'vitest';
import { openCounts } from '../../src/web/counts.ts';

const HOUR = 3_600_000;

it('counts each key by itself, and forgets it over the window after', () => {
  let now = 10 * HOUR;
  const counts = openCounts(HOUR, () => now);
  for (let i = 0; i < 10; i += 1) counts.hit('a');
  expect([counts.of('a'), counts.of('b')]).toEqual([10, 0]);
  now += 1.5 * HOUR;
  expect(counts.of('a')).toBe(5);
  counts.hit('a');
  expect(counts.of('a')).toBe(6);
  now += 2 * HOUR;
  expect(counts.of('a')).toBe(0);
});

it('holds no more than so many keys, and drops those that were quiet longest', () => {
  const counts = openCounts(HOUR, () => 0);
  counts.hit('first');
  for (let i = 0; i < 50_000; i += 1) counts.hit(`key ${i}`);
  expect(counts.of('first')).toBe(0);
  expect(counts.of('key 49999')).toBe(1);
});
