import { expect, it } from 'vitest';
import { matches, plain } from '../../src/browser/embassy/match.ts';

it.each([
  ['munchen', true],
  ['MÜN', true],
  ['embassy mun', true],
  ['', true],
  ['nchen', false],
  ['mun berlin', false],
])('finds München by %o: %o', (typed, found) => {
  expect(matches(plain('München · Embassy Germany'), typed)).toBe(found);
});

it('takes the dotless and the dotted i for one', () => {
  expect(matches(plain('İstanbul · Başkonsolosluk', 'tr'), 'istanbul')).toBe(true);
  expect(matches(plain('Bakı', 'az'), 'baki')).toBe(true);
  expect(matches(plain('Киев'), 'кие')).toBe(true);
});
