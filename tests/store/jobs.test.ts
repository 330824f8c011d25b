import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CARD } from '../../src/submission/renditions.ts';
import { openTestStore, type TestStore } from '../support/database.ts';
import {
  CHECKS,
  FACTS,
  LEASE_MS,
  type Life,
  minutes,
  NOON,
  openLife,
  RENDITIONS,
} from '../support/submissions.ts';

let test: TestStore;
let life: Life;

beforeEach(async () => {
  test = await openTestStore();
  life = openLife(test.store);
});
afterEach(() => test.dispose());

const claim = (now = NOON) => test.store.jobs.claim(['clean'], now, LEASE_MS);

describe('claiming', () => {
  it('hands each job out once, however many ask', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => life.receive()));
    const jobs = await Promise.all(Array.from({ length: 40 }, () => claim()));
    const claimed = jobs.filter((job) => job !== null).map((job) => job.row.id);
    expect(claimed.sort()).toEqual(ids.sort());
  });

  it('takes what is longest due first, and nothing before it is due', async () => {
    const early = await life.receive();
    const late = await life.receive();
    await test.database.write((tx) =>
      tx.submission.update({ where: { id: late }, data: { dueAt: minutes(5) } }),
    );
    expect((await claim())?.row.id).toBe(early);
    expect(await claim(minutes(0.5))).toBeNull();
    expect((await claim(minutes(5)))?.row.id).toBe(early);
    expect((await claim(minutes(5)))?.row.id).toBe(late);
  });

  it('takes only the tasks asked for', async () => {
    await life.receive();
    expect(await test.store.jobs.claim(['publish', 'erase'], NOON, LEASE_MS)).toBeNull();
  });

  it('counts attempts', async () => {
    const id = await life.receive();
    const job = await life.claim(id, ['clean']);
    expect(job.attempts).toBe(1);
    await test.store.jobs.postpone(job, minutes(1), 'Oops');
    expect(await claim(minutes(0.9))).toBeNull();
    const again = await claim(minutes(1));
    expect(again).toMatchObject({ attempts: 2, row: { lastError: 'Oops' } });
  });
});

describe('a lease', () => {
  it('that ran out is handed to another, and the first can settle nothing any more', async () => {
    const id = await life.receive();
    const first = await life.claim(id, ['clean']);
    expect(await claim(minutes(0.9))).toBeNull();
    const second = await life.claim(id, ['clean'], minutes(2));
    const settle = (job: typeof first) =>
      test.store.jobs.finishCleaning(
        job,
        { facts: FACTS, checks: CHECKS, similar: [], aside: false },
        minutes(2),
      );
    expect(await settle(first)).toBe(false);
    await test.store.jobs.release(first);
    await test.store.jobs.postpone(first, NOON, 'late');
    expect((await life.read(id)).leaseToken).toBe(second.lease);
    expect(await settle(second)).toBe(true);
    expect(await settle(second)).toBe(false);
  });

  it('of a killed process is freed at the next start', async () => {
    const id = await life.receive();
    await life.claim(id, ['clean']);
    await test.store.jobs.releaseAll();
    expect((await claim())?.row.id).toBe(id);
  });
});

describe('settling', () => {
  it('a cleaned photo makes it wait, with what is known of it', async () => {
    const id = await life.waiting();
    expect(await life.read(id)).toMatchObject({
      state: 'waiting',
      version: 2,
      task: null,
      leaseToken: null,
      attempts: 0,
      facts: FACTS,
      checks: CHECKS,
    });
  });

  it('a refused photo leaves the reason and no word of the supporter', async () => {
    const id = await life.receive({}, 'sup@example.org');
    expect(
      await test.store.jobs.refuse(await life.claim(id, ['clean']), 'photo-broken', NOON),
    ).toBe(true);
    const gone = { city: '', name: null, message: null, sourceHash: null, held: false, task: null };
    expect(await life.read(id)).toMatchObject({
      state: 'refused',
      reason: 'photo-broken',
      ...gone,
    });
    expect(await test.database.read.contact.count()).toBe(0);
    const mail = await test.store.outbox.claim(NOON, LEASE_MS);
    expect(mail).toMatchObject({
      kind: 'decision',
      outcome: 'refused',
      address: 'sup@example.org',
    });
  });

  it('a published photo is listed and counted, then encoded, then gets its card', async () => {
    const id = await life.published();
    expect(await test.store.gallery.total({})).toBe(1);
    const job = await life.claim(id, ['encode']);
    const more = [
      ...RENDITIONS,
      { file: '480.avif', type: 'image/avif' as const, width: 480, height: 360 },
    ];
    expect(await test.store.jobs.finishEncoding(job, more, NOON)).toBe(true);
    expect(await life.read(id)).toMatchObject({ renditions: more, task: 'card' });
    for (const again of [1, 2]) {
      const drawn = await life.claim(id, ['card']);
      expect(await test.store.jobs.finishCard(drawn)).toBe(true);
      const row = await life.read(id);
      expect(row, `time ${again}`).toMatchObject({ renditions: [...more, CARD], task: null });
      const edit = { id, version: row.version, moderatorId: 'ada', city: `Graz ${again}` };
      await test.store.edits.edit(edit, NOON);
    }
  });

  it('an approved photo is not listed when it was reopened meanwhile', async () => {
    const id = await life.waiting();
    await life.decide(id, 'approved');
    const job = await life.claim(id, ['publish']);
    await life.decide(id, 'reopened');
    expect(await test.store.jobs.finishPublishing(job, RENDITIONS, '2026-11', NOON)).toBe(false);
    expect(await test.store.gallery.list({}, 10)).toEqual([]);
  });

  it('an erased photo is not held any more', async () => {
    const id = await life.waiting();
    await life.decide(id, 'rejected');
    const job = await life.claim(id, ['erase'], minutes(8 * 24 * 60));
    expect(await test.store.jobs.finish(job, true)).toBe(true);
    expect(await life.read(id)).toMatchObject({
      held: false,
      name: null,
      message: null,
      task: null,
    });
    expect(await life.decide(id, 'reopened')).toMatchObject({ kind: 'impossible' });
  });
});
