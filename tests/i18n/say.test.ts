import { expect, it } from 'vitest';
import { sayIn } from '../../src/i18n/say.ts';
import { checkSentence, fieldSentence } from '../../src/i18n/sentences.ts';

const say = sayIn('en');

it('counts by the rules of the language', () => {
  expect(say('queue.title', { count: 0 })).toBe('No photo waits');
  expect(say('queue.title', { count: 1 })).toBe('1 photo waits');
  expect(say('queue.title', { count: 1200 })).toBe('1,200 photos wait');
});

it('leaves markup in values and sentences alone', () => {
  expect(say('photo.title', { city: '<b>{x}</b>' })).toBe('Photo from <b>{x}</b>');
});

it('names countries, months, moments and the direction', () => {
  expect(say.country('AZ')).toBe('Azerbaijan');
  expect(say.month('2026-11')).toBe('November 2026');
  expect(say.moment('2026-11-20T23:30:00Z')).toContain('Nov 20, 2026');
  expect(say.number(1234)).toBe('1,234');
  expect(say.direction).toBe('ltr');
});

it('has words for codes it has never heard of', () => {
  expect(fieldSentence(say, { field: 'x', code: 'never' })).toBe(say('field.invalid'));
  expect(checkSentence(say, { code: 'size', outcome: 'pass', finding: 'never' })).toBe('Size');
});
