import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterQuiet, isQuiet, isTimeZone, type QuietHours } from '../src/quiet.ts';

const QUARTER_MS = 15 * 60_000;
const hour = fc.integer({ min: 0, max: 23 });
const moment = fc.date({
  min: new Date('2020-01-01'),
  max: new Date('2040-01-01'),
  noInvalidDate: true,
});
const quietHours = fc.record({
  from: hour,
  until: hour,
  timeZone: fc.constantFrom(
    ...['Asia/Baku', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'UTC'],
    ...['Australia/Lord_Howe', 'Pacific/Chatham', 'America/St_Johns', 'Africa/Casablanca'],
  ),
});

/** Hours and minutes of the zone's clock, by another of Intl's ways than the code under test. */
const clock = (at: Date, timeZone: string) => at.toLocaleTimeString('sv', { timeZone }).slice(0, 5);

describe('the first moment that is not quiet', () => {
  it('is never before, never in quiet hours, and the first such one', () => {
    fc.assert(
      fc.property(moment, quietHours, (at, quiet) => {
        const after = afterQuiet(at, quiet);
        expect(after.getTime()).toBeGreaterThanOrEqual(at.getTime());
        expect(isQuiet(after, quiet)).toBe(false);
        for (let time = at.getTime(); time < after.getTime(); time += QUARTER_MS) {
          expect(isQuiet(new Date(time), quiet)).toBe(true);
        }
        expect(afterQuiet(after, quiet)).toEqual(after);
      }),
      { numRuns: 2000 },
    );
  });

  it('comes within a day, and an hour where clocks are set back', () => {
    fc.assert(
      fc.property(moment, quietHours, (at, quiet) => {
        const waited = afterQuiet(at, quiet).getTime() - at.getTime();
        expect(waited).toBeLessThanOrEqual(24 * 4 * QUARTER_MS);
      }),
    );
  });

  it('strikes a full hour of the zone, the last of the quiet ones', () => {
    fc.assert(
      fc.property(moment, quietHours, (at, quiet) => {
        const after = afterQuiet(at, quiet);
        if (after === at) return;
        const [, minute] = clock(after, quiet.timeZone).split(':');
        // Lord Howe moves its clocks by half an hour: a night may end in the middle of one.
        if (quiet.timeZone !== 'Australia/Lord_Howe') expect(minute).toBe('00');
        expect(isQuiet(new Date(after.getTime() - 1), quiet)).toBe(true);
      }),
    );
  });

  it('is the moment itself without quiet hours', () => {
    fc.assert(
      fc.property(moment, hour, (at, from) => {
        expect(afterQuiet(at, null)).toBe(at);
        expect(afterQuiet(at, { from, until: from, timeZone: 'Asia/Baku' })).toBe(at);
      }),
    );
  });

  it.each<[string, QuietHours, string, string]>([
    [
      'an evening in Baku',
      { from: 22, until: 7, timeZone: 'Asia/Baku' },
      '2026-11-20T19:30Z',
      '2026-11-21T03:00Z',
    ],
    [
      'the night clocks go forward in Berlin',
      { from: 22, until: 7, timeZone: 'Europe/Berlin' },
      '2026-03-28T22:00Z',
      '2026-03-29T05:00Z',
    ],
    [
      'the night clocks go back in Berlin',
      { from: 22, until: 7, timeZone: 'Europe/Berlin' },
      '2026-10-24T21:00Z',
      '2026-10-25T06:00Z',
    ],
    [
      'an end that the clocks skip',
      { from: 0, until: 2, timeZone: 'Europe/Berlin' },
      '2026-03-29T00:30Z',
      '2026-03-29T01:00Z',
    ],
    [
      'an end that comes twice: the second time, when the first was quiet',
      { from: 1, until: 3, timeZone: 'Europe/Berlin' },
      '2026-10-25T00:30Z',
      '2026-10-25T02:00Z',
    ],
    [
      'a noon in Kathmandu, three quarters off',
      { from: 12, until: 14, timeZone: 'Asia/Kathmandu' },
      '2026-11-20T06:20Z',
      '2026-11-20T08:15Z',
    ],
  ])('is right for %s', (_, quiet, at, expected) => {
    expect(afterQuiet(new Date(at), quiet)).toEqual(new Date(expected));
  });
});

it('knows which names are time zones', () => {
  expect(['Asia/Baku', 'UTC', 'Europe/Kyiv'].map(isTimeZone)).toEqual([true, true, true]);
  expect(['', 'Asia/Nowhere', 'x'.repeat(100)].map(isTimeZone)).toEqual([false, false, false]);
});
