import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Deed, type LogFilter, record } from '../../src/store/log.ts';
import { keys, openTestStore, type TestStore } from '../support/database.ts';
import { minutes, NOON } from '../support/submissions.ts';

const DAY = 24 * 60;
const PHOTO = '0b8e7a52-6a3f-4d0e-9b57-3f1c2d4e5a60';
const OTHER = '0b8e7a53-6a3f-4d0e-9b57-3f1c2d4e5a60';
const DEEDS: [minute: number, deed: Deed][] = [
  [0, { moderatorId: 'ada', decision: 'approved', submissionId: PHOTO }],
  [0, { moderatorId: 'bo', decision: 'rejected', submissionId: OTHER, reason: 'no-flag' }],
  [DAY, { moderatorId: 'bo', decision: 'rejected', submissionId: PHOTO, reason: 'quality' }],
  [2 * DAY, { moderatorId: null, decision: 'invited', aboutId: 'cy' }],
];

let test: TestStore;
beforeEach(async () => {
  test = await openTestStore();
  for (const [minute, deed] of DEEDS) {
    await test.database.write((tx) => record(tx, keys, minutes(minute), deed));
  }
});
afterEach(() => test.dispose());

const numbers = async (filter?: LogFilter) =>
  (await test.store.log.list(10, filter)).map(({ id }) => id);

describe('the log', () => {
  it('is read newest first', async () => {
    expect(await numbers()).toEqual([4, 3, 2, 1]);
  });

  it.each<[string, LogFilter, number[]]>([
    ['a person', { moderatorId: 'bo' }, [3, 2]],
    ['the command line', { moderatorId: null }, [4]],
    ['an act', { decision: 'approved' }, [1]],
    ['a reason', { reason: 'no-flag' }, [2]],
    ['a photo', { submission: PHOTO }, [3, 1]],
    ['the beginning of a photo', { submission: '0b8e7a5' }, [3, 2, 1]],
    ['what begins like no photo', { submission: 'no such' }, []],
    ['the time from a moment on', { from: minutes(DAY) }, [4, 3]],
    ['the time before a moment', { until: minutes(DAY) }, [2, 1]],
    ['several at once', { moderatorId: 'bo', submission: PHOTO, from: NOON }, [3]],
  ])('is read by %s', async (_, filter, expected) => {
    expect(await numbers(filter)).toEqual(expected);
  });

  it('goes on where a page ended, also between entries of the same moment', async () => {
    for (const filter of [{}, { until: minutes(3 * DAY) }]) {
      const seen: number[] = [];
      let after: { at: number; id: number } | undefined;
      for (let page = 0; page < 5; page++) {
        const [entry] = await test.store.log.list(1, filter, after);
        if (!entry) break;
        seen.push(entry.id);
        after = { at: entry.at.getTime(), id: entry.id };
      }
      expect(seen).toEqual([4, 3, 2, 1]);
    }
  });
});
