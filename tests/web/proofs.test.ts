import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openProofs } from '../../src/web/proofs.ts';
import { solve } from '../support/proofs.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

it('F6 a proof is good for ten minutes, once, for who was given the puzzle, in one run of the service', async () => {
  const proofs = openProofs();
  const make = async () => solve(await proofs.challenge('ada'));
  const [one, two, three] = [await make(), await make(), await make()];
  expect(await openProofs().takes('ada', one)).toBe(false);
  expect(await proofs.takes('bo', one)).toBe(false);
  expect(await proofs.takes('ada', one)).toBe(true);
  expect(await proofs.takes('ada', one)).toBe(false);
  vi.setSystemTime(Date.now() + 9 * 60_000);
  expect(await proofs.takes('ada', two)).toBe(true);
  vi.setSystemTime(Date.now() + 2 * 60_000);
  expect(await proofs.takes('ada', three)).toBe(false);
});
