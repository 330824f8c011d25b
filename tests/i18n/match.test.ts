import { expect, it } from 'vitest';
import { asLocale, matchLocale } from '../../src/i18n/match.ts';

it.each([
  [undefined, undefined],
  ['', ''],
  ['de-AT, fr;q=0.8', undefined],
  ['en-GB,en;q=0.9', undefined],
  ['*', undefined],
  ['en;q=0', undefined],
  [';;q=x,,=,en;q=abc', 'xx'],
  ['x'.repeat(100_000), '../../etc'],
  ['fr', 'EN'],
])('answers in English for %j and ?lang=%j', (header, wanted) => {
  expect(matchLocale(header, wanted)).toBe('en');
});

it('takes only the names of its own languages', () => {
  expect(asLocale('en')).toBe('en');
  expect(asLocale('constructor')).toBeUndefined();
  expect(asLocale(undefined)).toBeUndefined();
});
