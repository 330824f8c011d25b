import { expect, it } from 'vitest';
import { mayMove, STATES } from '../../src/submission/states.ts';

it('allows the moves of the contract and no other', () => {
  const moves = STATES.flatMap((from) =>
    STATES.filter((to) => mayMove(from, to)).map((to) => `${from} > ${to}`),
  );
  expect(moves).toEqual([
    'received > waiting',
    'received > refused',
    'received > withdrawn',
    'waiting > approved',
    'waiting > rejected',
    'waiting > withdrawn',
    'approved > waiting',
    'approved > withdrawn',
    'rejected > waiting',
    'rejected > withdrawn',
    'refused > withdrawn',
  ]);
});

it('never leads out of withdrawn', () => {
  expect(STATES.filter((to) => mayMove('withdrawn', to))).toEqual([]);
});
