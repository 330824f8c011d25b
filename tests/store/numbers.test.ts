import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WEEK_MS } from '../../src/store/numbers.ts';
import { openTestStore, type TestStore } from '../support/database.ts';
import { days, type Life, NOON, openLife } from '../support/submissions.ts';

/** `NOON` is a Friday. */
const MONDAY = new Date('2026-11-16T00:00:00Z');
const week = (count: number) => new Date(MONDAY.getTime() + count * WEEK_MS);

let test: TestStore;
let life: Life;
beforeEach(async () => {
  test = await openTestStore();
  life = openLife(test.store);
});
afterEach(() => test.dispose());

async function decided(decision: 'approved' | 'rejected', afterDays: number, receivedAt = NOON) {
  const id = await life.waiting({ receivedAt });
  await life.decide(id, decision, days(afterDays));
  return id;
}

describe('the numbers', () => {
  it('count what came and what was decided in each week', async () => {
    await decided('approved', 0);
    await decided('rejected', 7);
    await decided('approved', 7, days(7));
    await life.waiting({ receivedAt: new Date(week(1).getTime() - 3_600_000) });
    await life.waiting({ receivedAt: week(-1) });
    expect(await test.store.numbers.weeks(MONDAY, 3)).toEqual([
      { from: week(0), received: 3, approved: 1, rejected: 0 },
      { from: week(1), received: 1, approved: 1, rejected: 1 },
      { from: week(2), received: 0, approved: 0, rejected: 0 },
    ]);
  });

  it('say how long photos waited, once for each decision', async () => {
    await decided('approved', 1);
    await decided('rejected', 1);
    const id = await decided('approved', 2);
    await life.decide(id, 'reopened', days(3));
    expect(await test.store.numbers.waits(MONDAY)).toEqual([
      { hours: 24, count: 2 },
      { hours: 48, count: 1 },
    ]);
    expect(await test.store.numbers.waits(days(1, NOON))).toHaveLength(2);
    expect(await test.store.numbers.waits(days(4))).toEqual([]);
  });

  it('tell reasons, embassies and people, the most frequent first', async () => {
    await decided('rejected', 0);
    await decided('rejected', 0);
    await decided('approved', 0);
    await life.receive({ embassySlug: 'embassy-berlin' });
    const { numbers } = test.store;
    expect(await numbers.reasons(MONDAY)).toEqual([{ reason: 'no-flag', count: 2 }]);
    expect(await numbers.embassies(5)).toEqual([
      { slug: 'embassy-vienna', count: 3 },
      { slug: 'embassy-berlin', count: 1 },
    ]);
    expect(await numbers.embassies(1)).toHaveLength(1);
    expect(await numbers.moderators(MONDAY)).toEqual([
      { id: 'ada', counts: { approved: 1, rejected: 2, reopened: 0 } },
    ]);
  });
});
