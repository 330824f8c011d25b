import { expect, it } from 'vitest';
import { EXPOSURES, isLowerExposure } from '../../src/submission/exposure.ts';

it('lets exposure only go down', () => {
  const lower = EXPOSURES.flatMap((from) =>
    EXPOSURES.filter((to) => isLowerExposure(from, to)).map((to) => `${from} to ${to}`),
  );
  expect(lower).toEqual(['shown to covered', 'shown to counted', 'covered to counted']);
});
