import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../support/database.ts';
import {
  days,
  LEASE_MS,
  type Life,
  minutes,
  NOON,
  newSubmission,
  openLife,
} from '../support/submissions.ts';

let test: TestStore;
let life: Life;

beforeEach(async () => {
  test = await openTestStore();
  life = openLife(test.store);
});
afterEach(() => test.dispose());

describe('receiving', () => {
  it('makes a row that is to be cleaned, found by receipt and by id', async () => {
    const submission = newSubmission();
    expect(await test.store.submissions.receive(submission, null, NOON)).toBe(true);
    const row = await test.store.submissions.byReceipt(submission.receiptHash);
    expect(row).toMatchObject({ id: submission.id, state: 'received', task: 'clean', version: 1 });
    expect(row?.embassy.slug).toBe('embassy-vienna');
    expect(await test.store.submissions.lineLength()).toBe(1);
    expect(await test.store.submissions.byReceipt('unknown')).toBeNull();
  });

  it('takes an idempotency key once, with nothing left of the second', async () => {
    const idempotencyHash = 'key';
    expect(await life.receive({ idempotencyHash })).toBeTruthy();
    const again = newSubmission({ idempotencyHash });
    const address = Buffer.from('sealed');
    expect(await test.store.submissions.receive(again, address, NOON)).toBe(false);
    expect(await test.database.read.submission.count()).toBe(1);
    expect(await test.database.read.contact.count()).toBe(0);
  });

  it('makes one of two with the same key at the same time', async () => {
    const twins = [1, 2].map(() => newSubmission({ idempotencyHash: 'key' }));
    const made = await Promise.all(
      twins.map((twin) => test.store.submissions.receive(twin, null, NOON)),
    );
    expect(made.sort()).toEqual([false, true]);
  });
});

describe('lowering the exposure', () => {
  it('only goes down', async () => {
    const id = await life.waiting({ exposure: 'covered' });
    expect(await test.store.submissions.lowerExposure(id, 'shown', NOON)).toBe(false);
    expect(await test.store.submissions.lowerExposure(id, 'covered', NOON)).toBe(false);
    expect(await test.store.submissions.lowerExposure(id, 'counted', NOON)).toBe(true);
    expect((await life.read(id)).exposure).toBe('counted');
  });

  it('hides a published picture at once', async () => {
    const id = await life.published();
    expect(await test.store.gallery.find(id)).toMatchObject({ id });
    await test.store.submissions.lowerExposure(id, 'counted', NOON);
    expect(await test.store.gallery.find(id)).toBeNull();
    expect(await test.store.gallery.total({})).toBe(0);
    expect(await test.store.gallery.tallies()).toMatchObject([{ shown: 0, counted: 1 }]);
    const row = await life.read(id);
    expect(row).toMatchObject({ state: 'approved', pictureMonth: null, renditions: null });
    expect(row.task).not.toBeNull();
  });

  it('sends a published picture that must be covered back to the moderators', async () => {
    const id = await life.published();
    await test.store.submissions.lowerExposure(id, 'covered', NOON);
    expect(await life.read(id)).toMatchObject({ state: 'waiting', task: 'retract' });
  });

  it('does nothing to what was decided against or taken back', async () => {
    const id = await life.waiting();
    await life.decide(id, 'rejected');
    expect(await test.store.submissions.lowerExposure(id, 'counted', NOON)).toBe(false);
    expect(await test.store.submissions.lowerExposure('unknown', 'counted', NOON)).toBe(false);
  });
});

describe('withdrawing', () => {
  it('hides a published photo at once and leaves nothing a person wrote', async () => {
    const id = await life.published({ idempotencyHash: 'key' });
    await test.store.submissions.withdraw(id, NOON);
    expect(await test.store.gallery.find(id)).toBe('withdrawn');
    expect(await test.store.gallery.list({}, 10)).toEqual([]);
    expect(await test.store.gallery.tallies()).toEqual([]);
    expect(await life.read(id)).toMatchObject({
      state: 'withdrawn',
      city: '',
      cityKey: '',
      name: null,
      message: null,
      facts: null,
      checks: null,
      renditions: null,
      sourceHash: null,
      idempotencyHash: null,
      task: 'erase',
    });
  });

  it('forgets address, fingerprint, look-alikes and unsent mail', async () => {
    const id = await life.waiting({}, 'sup@example.org');
    await life.waiting();
    await life.decide(id, 'rejected');
    await test.store.submissions.withdraw(id, NOON);
    const { read } = test.database;
    expect(await read.contact.count()).toBe(0);
    expect(await read.likeness.count()).toBe(0);
    expect(await read.fingerprint.count({ where: { submissionId: id } })).toBe(0);
    expect(await read.outboxMessage.count({ where: { submissionId: id } })).toBe(0);
  });

  it('changes nothing the second time', async () => {
    const id = await life.waiting();
    await test.store.submissions.withdraw(id, NOON);
    const once = await life.read(id);
    await test.store.submissions.withdraw(id, days(1));
    expect(await life.read(id)).toEqual(once);
  });

  it('waits with erasing for whoever still writes files', async () => {
    const id = await life.receive();
    const job = await life.claim(id, ['clean']);
    await test.store.submissions.withdraw(id, NOON);
    expect(await test.store.jobs.claim(['erase'], NOON, LEASE_MS)).toBeNull();
    await test.store.jobs.release(job);
    expect((await test.store.jobs.claim(['erase'], NOON, LEASE_MS))?.row.id).toBe(id);
  });

  it('is not undone by a worker that ends late', async () => {
    const id = await life.waiting();
    await life.decide(id, 'approved');
    const job = await life.claim(id, ['publish']);
    await test.store.submissions.withdraw(id, NOON);
    expect(await test.store.jobs.finishPublishing(job, [], '2026-11', minutes(1))).toBe(false);
    expect(await test.store.gallery.find(id)).toBe('withdrawn');
  });
});
