import { expect, it, vi } from 'vitest';
import { rememberLarge } from '../../src/store/large.ts';

it('remembers a large answer for half a minute, each of its own question, and a small one never', async () => {
  vi.useFakeTimers();
  const ask = vi.fn(async (_state: string, count: number) => count);
  const count = rememberLarge(ask, (answer) => answer);
  for (const state of ['approved', 'rejected']) {
    expect(await count(state, 900_000)).toBe(900_000);
    expect(await count(state, 900_000)).toBe(900_000);
  }
  expect(ask).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(31_000);
  await count('approved', 900_000);
  expect(ask).toHaveBeenCalledTimes(3);
  await count('waiting', 2_000);
  await count('waiting', 2_000);
  expect(ask).toHaveBeenCalledTimes(5);
  vi.useRealTimers();
});
