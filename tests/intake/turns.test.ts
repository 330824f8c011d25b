import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openTurns } from '../../src/intake/turns.ts';

it('lets a few pass in each turn of the event loop, in the order they came', async () => {
  const takeTurn = openTurns(2);
  const passed: number[] = [];
  for (const name of [1, 2, 3, 4, 5]) takeTurn(() => passed.push(name));
  expect(passed).toEqual([1, 2]);
  await turn();
  expect(passed).toEqual([1, 2, 3, 4]);
  takeTurn(() => passed.push(6));
  expect(passed).toEqual([1, 2, 3, 4]);
  await turn();
  expect(passed).toEqual([1, 2, 3, 4, 5, 6]);
});

it('keeps nobody waiting when nobody else is there', async () => {
  const takeTurn = openTurns(1);
  for (let round = 0; round < 3; round += 1) {
    let passed = false;
    takeTurn(() => {
      passed = true;
    });
    expect(passed).toBe(true);
    await turn();
  }
});
