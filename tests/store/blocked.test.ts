import { afterEach, beforeEach, expect, it } from 'vitest';
import { REJECTION_REASONS } from '../../src/submission/states.ts';
import { openTestStore, type TestStore } from '../support/database.ts';
import { days, FACTS, type Life, NOON, openLife } from '../support/submissions.ts';

let test: TestStore;
let life: Life;

beforeEach(async () => {
  test = await openTestStore();
  life = openLife(test.store);
});
afterEach(() => test.dispose());

const FORMS = ['ffffffffffffffff', FACTS.fingerprint];
const isBlocked = () => test.store.blocked.has(FORMS);

it.each(REJECTION_REASONS)(
  'a picture rejected as %s is on the list when that says nobody wants it',
  async (reason) => {
    await life.decide(await life.waiting(), 'rejected', NOON, reason);
    expect(await isBlocked()).toBe(reason === 'offensive' || reason === 'not-a-photo');
  },
);

it('whatever looks like it in one of its forms is set aside and left out of what waits', async () => {
  await life.decide(await life.waiting(), 'rejected', NOON, 'offensive');
  const id = await life.waiting();
  expect(await life.read(id)).toMatchObject({ state: 'waiting', aside: true });
  expect(await test.store.desk.waiting()).toMatchObject({ total: 0, oldest: null });
  expect(await test.store.desk.count({ state: 'waiting', aside: true })).toBe(1);
});

it('once decided about, what was set aside is with the others', async () => {
  await life.decide(await life.waiting(), 'rejected', NOON, 'offensive');
  const id = await life.waiting();
  await life.decide(id, 'rejected');
  expect((await life.read(id)).aside).toBe(false);
  await life.decide(id, 'reopened');
  expect((await life.read(id)).aside).toBe(false);
});

it('undoing the rejection takes it off the list, withdrawing the photo does not', async () => {
  const id = await life.waiting();
  await life.decide(id, 'rejected', NOON, 'offensive');
  await life.decide(id, 'reopened');
  expect(await isBlocked()).toBe(false);
  await test.store.jobs.finish(await life.claim(id, ['retract']), false);
  await life.decide(id, 'rejected', NOON, 'not-a-photo');
  await test.store.submissions.withdraw(id, NOON);
  expect(await isBlocked()).toBe(true);
});

it('holds 64 bits and a day, under a name that leads to nobody, for 180 days', async () => {
  const id = await life.waiting();
  await life.decide(id, 'rejected', NOON, 'offensive');
  const [row, ...more] = await test.database.read.blockedPicture.findMany();
  expect(more).toEqual([]);
  expect(row).toEqual({
    id: expect.any(String),
    fingerprint: FACTS.fingerprint,
    day: '2026-11-20',
  });
  expect(row?.id).not.toContain(id.slice(0, 8));
  await test.store.housekeeping.eraseExpired(days(180));
  expect(await isBlocked()).toBe(true);
  await test.store.housekeeping.eraseExpired(days(181));
  expect(await isBlocked()).toBe(false);
});
