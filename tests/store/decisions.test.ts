import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../support/database.ts';
import {
  days,
  LEASE_MS,
  type Life,
  minutes,
  NOON,
  openLife,
  SEEN,
} from '../support/submissions.ts';

let test: TestStore;
let life: Life;

beforeEach(async () => {
  test = await openTestStore();
  life = openLife(test.store);
});
afterEach(() => test.dispose());

describe('a decision', () => {
  it('is row and log entry together', async () => {
    const id = await life.waiting();
    const outcome = await life.decide(id, 'approved');
    expect(outcome).toMatchObject({
      kind: 'done',
      row: { state: 'approved', version: 3, decidedBy: 'ada', criteria: SEEN, task: 'publish' },
    });
    const [entry] = await test.store.log.list(10);
    expect(entry).toMatchObject({ decision: 'approved', submissionId: id, moderatorId: 'ada' });
  });

  it('has one winner and one log entry when two decide at once', async () => {
    const id = await life.waiting();
    const order = { id, version: 2 };
    const outcomes = await Promise.all([
      test.store.decisions.decide(
        { ...order, moderatorId: 'ada', decision: 'approved', criteria: SEEN },
        NOON,
      ),
      test.store.decisions.decide(
        { ...order, moderatorId: 'bo', decision: 'rejected', reason: 'quality' },
        NOON,
      ),
    ]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['done', 'stale']);
    const log = await test.store.log.list(10);
    expect(log.map(({ decision }) => decision)).toEqual([(await life.read(id)).state]);
  });

  it('about an old version tells how it stands now', async () => {
    const id = await life.waiting();
    await life.decide(id, 'approved');
    const stale = await test.store.decisions.decide(
      { id, version: 2, moderatorId: 'bo', decision: 'rejected', reason: 'quality' },
      NOON,
    );
    expect(stale).toMatchObject({ kind: 'stale', row: { state: 'approved', decidedBy: 'ada' } });
  });

  it('E20 about nothing is unknown', async () => {
    const order = { id: 'unknown', version: 1, moderatorId: 'ada' } as const;
    const outcome = await test.store.decisions.decide({ ...order, decision: 'reopened' }, NOON);
    expect(outcome).toEqual({ kind: 'unknown' });
  });

  it('is impossible before the photo is clean, and after it was taken back', async () => {
    const id = await life.receive();
    expect(await life.decide(id, 'approved')).toMatchObject({ kind: 'impossible' });
    await life.clean(id);
    expect(await life.decide(id, 'reopened')).toMatchObject({ kind: 'impossible' });
    await test.store.submissions.withdraw(id, NOON);
    for (const decision of ['approved', 'rejected', 'reopened'] as const) {
      expect(await life.decide(id, decision)).toMatchObject({ kind: 'impossible' });
    }
  });

  it('to show a photo whose faces are to be covered needs a word that they are', async () => {
    const covers = [{ x: 0, y: 0, width: 0.1, height: 0.1 }];
    for (const each of [[], covers]) {
      const id = await life.waiting({ exposure: 'covered', covers: each });
      const order = { id, version: 2, moderatorId: 'ada', criteria: SEEN } as const;
      const decide = (facesCovered?: boolean) =>
        test.store.decisions.decide(
          { ...order, decision: 'approved', ...(facesCovered !== undefined && { facesCovered }) },
          NOON,
        );
      expect(await decide()).toMatchObject({ kind: 'covers-needed' });
      expect(await decide(false)).toMatchObject({ kind: 'covers-needed' });
      expect(await decide(true)).toMatchObject({ kind: 'done' });
    }
  });
});

describe('what follows', () => {
  it('a photo that only counts is counted, and erased after the quarantine', async () => {
    const id = await life.waiting({ exposure: 'counted' });
    await life.decide(id, 'approved');
    expect(await test.store.gallery.tallies()).toMatchObject([{ shown: 0, counted: 1 }]);
    expect(await test.store.jobs.claim(['publish', 'erase'], days(6), LEASE_MS)).toBeNull();
    expect(await test.store.jobs.claim(['erase'], days(7), LEASE_MS)).toMatchObject({
      row: { id },
    });
  });

  it('a rejected photo is erased after the quarantine, unless it is reopened', async () => {
    const id = await life.waiting();
    await life.decide(id, 'rejected');
    expect(await test.store.jobs.claim(['erase'], days(6), LEASE_MS)).toBeNull();
    await life.decide(id, 'reopened', days(6));
    const job = await life.claim(id, ['retract'], days(6));
    expect(await test.store.jobs.finish(job, false)).toBe(true);
    expect(await life.read(id)).toMatchObject({ state: 'waiting', held: true, reason: null });
    expect(await test.store.jobs.claim(['erase'], days(60), LEASE_MS)).toBeNull();
  });

  it('a reopened photo leaves the public at once', async () => {
    const id = await life.published();
    await life.decide(id, 'reopened');
    expect(await test.store.gallery.find(id)).toBeNull();
    expect(await test.store.gallery.tallies()).toEqual([]);
  });

  it('nothing is decided while public files are still on their way out', async () => {
    const id = await life.published();
    await life.decide(id, 'reopened');
    expect(await life.decide(id, 'approved')).toMatchObject({ kind: 'impossible' });
    await test.store.jobs.finish(await life.claim(id, ['retract']), false);
    expect(await life.decide(id, 'approved')).toMatchObject({ kind: 'done' });
  });

  it('the supporter who left an address is told, in the language of the form', async () => {
    const id = await life.waiting({ locale: 'az' }, 'sup@example.org');
    await life.decide(id, 'rejected');
    expect(await test.store.outbox.claim(NOON, LEASE_MS)).toMatchObject({
      kind: 'decision',
      outcome: 'rejected',
      reason: 'no-flag',
      address: 'sup@example.org',
      locale: 'az',
    });
  });

  it('a mail that has not left is taken back with the decision it tells', async () => {
    const id = await life.waiting({}, 'sup@example.org');
    await life.decide(id, 'rejected');
    await life.decide(id, 'reopened');
    expect(await test.store.outbox.claim(minutes(60), LEASE_MS)).toBeNull();
    await test.store.jobs.finish(await life.claim(id, ['retract']), false);
    await life.decide(id, 'approved');
    expect(await test.store.outbox.claim(minutes(60), LEASE_MS)).toMatchObject({
      outcome: 'approved',
    });
  });

  it('nobody who left no address is written to', async () => {
    await life.decide(await life.waiting(), 'approved');
    expect(await test.store.outbox.claim(NOON, LEASE_MS)).toBeNull();
  });
});
