import { expect, it } from 'vitest';
import { FLOORS, inUse, isBelow, tooOld } from '../../src/operations/versions.ts';

it('L6 what is installed here is at or above every floor', async () => {
  expect(await tooOld()).toEqual([]);
});

it.each(Object.keys(FLOORS))('L6 the version of %s in use is known', async (name) => {
  expect(await inUse(name)).not.toEqual([]);
});

it('L6 each library below its floor is named', async () => {
  const lines = await tooOld(async () => ['0.0.9']);
  expect(lines).toHaveLength(Object.keys(FLOORS).length);
  expect(lines).toContain('sharp is 0.0.9, and below 0.35.5 it is not safe: npm ci.');
});

it.each([
  ['3.2.5', '3.2.6', true],
  ['3.2.6', '3.2.6', false],
  ['3.10.0', '3.2.6', false],
  ['3.2.6-rc.1', '3.2.6', true],
  ['10.0.0', '9.9.9', false],
  ['8.17.9', '8.18.0', true],
])('L6 %s against %s', (version, floor, below) => {
  expect(isBelow(version, floor)).toBe(below);
});
