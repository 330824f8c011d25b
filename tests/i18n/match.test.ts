import { expect, it } from 'vitest';
import { asLocale, matchLocale } from '../../src/i18n/match.ts';

it.each([
  [undefined, undefined],
  ['', ''],
  ['en-GB,en;q=0.9', undefined],
  ['*', undefined],
  ['en;q=0', undefined],
  [';;q=x,,=,en;q=abc', 'xx'],
  ['x'.repeat(100_000), '../../etc'],
  ['pt-BR, pt;q=0.9', undefined],
  ['fr', 'EN'],
])('answers in English for %j and ?lang=%j', (header, wanted) => {
  expect(matchLocale(header, wanted)).toBe('en');
});

it.each([
  ['az-Latn-AZ,az;q=0.9', undefined, 'az'],
  ['ru-UA', undefined, 'ru'],
  ['tr-TR,tr;q=0.9,en;q=0.8', undefined, 'tr'],
  ['de-AT, fr;q=0.8', undefined, 'de'],
  ['pt, fr;q=0.5, es;q=0.8', undefined, 'es'],
  ['fr;q=0, es-419', undefined, 'es'],
  ['en', 'fr', 'fr'],
  ['DE', 'xx', 'de'],
])('answers %j and ?lang=%j in %s', (header, wanted, locale) => {
  expect(matchLocale(header, wanted)).toBe(locale);
});

it('takes only the names of its own languages', () => {
  expect(asLocale('en')).toBe('en');
  expect(asLocale('constructor')).toBeUndefined();
  expect(asLocale(undefined)).toBeUndefined();
});
