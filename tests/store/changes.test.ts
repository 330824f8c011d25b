import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeRow } from '../../src/store/changes.ts';
import { openTestStore, type TestStore } from '../support/database.ts';
import { days, type Life, NOON, openLife, RENDITIONS } from '../support/submissions.ts';

let test: TestStore;
let life: Life;
beforeEach(async () => {
  test = await openTestStore();
  life = openLife(test.store);
});
afterEach(() => test.dispose());

const since = async (from: number) =>
  test.store.changes.list({ from, upto: await test.store.changes.newest() }, 100);
const byId = (a: ChangeRow, b: ChangeRow) => (a.id < b.id ? -1 : 1);

describe('what mirrors hear of', () => {
  it('is nothing of a photo that was never public', async () => {
    const id = await life.waiting();
    await life.decide(id, 'rejected');
    await test.store.submissions.withdraw(id, NOON);
    const counted = await life.waiting({ exposure: 'counted' });
    await life.decide(counted, 'approved');
    expect(await since(0)).toEqual([]);
  });

  it('is that a photo is public only when its files are', async () => {
    const id = await life.waiting();
    await life.decide(id, 'approved');
    expect(await since(0)).toEqual([]);
    await life.publish(id);
    expect(await since(0)).toEqual([{ id, change: 'approved' }]);
  });

  it.each<[string, (id: string) => Promise<unknown>]>([
    ['taken back', (id) => test.store.submissions.withdraw(id, NOON)],
    ['reopened', (id) => life.decide(id, 'reopened')],
    ['covered', (id) => life.cover(id)],
    ['only to be counted', (id) => test.store.submissions.lowerExposure(id, 'counted', NOON)],
    ['to be covered', (id) => test.store.submissions.lowerExposure(id, 'covered', NOON)],
  ])(
    'is that it is gone when it is %s, in the same transaction and in the same words',
    async (_, act) => {
      const id = await life.published();
      const before = await test.store.changes.newest();
      await act(id);
      expect(await since(before)).toEqual([{ id, change: 'withdrawn' }]);
      expect(await since(0)).toEqual([{ id, change: 'withdrawn' }]);
    },
  );

  it('is told again when a public photo is corrected, gets better pictures or comes back', async () => {
    const id = await life.published();
    const steps = [
      async () => {
        const { version } = await life.read(id);
        const edit = { id, version, moderatorId: 'ada', hideName: true };
        await test.store.edits.edit(edit, NOON);
      },
      async () => {
        const job = await life.claim(id, ['encode']);
        await test.store.jobs.finishEncoding(job, RENDITIONS, NOON);
      },
      async () => {
        await life.decide(id, 'reopened');
        const job = await life.claim(id, ['retract']);
        await test.store.jobs.finish(job, false);
        await life.decide(id, 'approved');
        await life.publish(id);
      },
    ];
    for (const step of steps) {
      const before = await test.store.changes.newest();
      await step();
      expect(await since(before)).toEqual([{ id, change: 'approved' }]);
    }
    expect(await since(0)).toHaveLength(1);
  });

  it('lies in the order of random ids, in pages of any size', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 12; i += 1) ids.push(await life.published());
    const whole = await since(0);
    expect(whole).toEqual([...whole].sort(byId));
    expect(whole.map(({ id }) => id)).not.toEqual(ids);
    const stretch = { from: 0, upto: await test.store.changes.newest() };
    const walked: ChangeRow[] = [];
    for (;;) {
      const [next] = await test.store.changes.list(stretch, 1, walked.at(-1)?.id);
      if (!next) break;
      walked.push(next);
    }
    expect(walked).toEqual(whole);
  });

  it('is forgotten after a month, but for how far the numbers have come', async () => {
    const [old, last] = [await life.published(), await life.published()];
    const newest = await test.store.changes.newest();
    await test.store.housekeeping.eraseExpired(days(30, new Date()));
    expect(await since(0)).toHaveLength(2);
    const erased = await test.store.housekeeping.eraseExpired(days(33, new Date()));
    expect(erased.changes).toBe(1);
    expect(await since(0)).toEqual([{ id: last, change: 'approved' }]);
    await test.store.submissions.withdraw(old, NOON);
    expect(await since(newest)).toEqual([{ id: old, change: 'withdrawn' }]);
  });
});
