import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../support/database.ts';
import { days, LEASE_MS, type Life, minutes, NOON, openLife } from '../support/submissions.ts';

let test: TestStore;
let life: Life;

beforeEach(async () => {
  test = await openTestStore();
  life = openLife(test.store);
});
afterEach(() => test.dispose());

const erase = (now: Date) => test.store.housekeeping.eraseExpired(now);
const NOTHING = {
  addresses: 0,
  links: 0,
  challenges: 0,
  sessions: 0,
  mails: 0,
  idempotencyKeys: 0,
  changes: 0,
  blocked: 0,
  arrivals: 0,
  signals: 0,
};

describe('what reaches its date is erased', () => {
  it('an address, 30 days after the decision and never before one', async () => {
    const id = await life.waiting({}, 'sup@example.org');
    expect(await erase(days(365))).toMatchObject({ addresses: 0 });
    await life.decide(id, 'rejected');
    expect(await erase(days(30))).toMatchObject({ addresses: 0 });
    expect(await erase(days(30.1))).toMatchObject({ addresses: 1 });
  });

  it('an idempotency key, after a day', async () => {
    const id = await life.receive({ idempotencyHash: 'key' });
    expect(await erase(days(1))).toEqual(NOTHING);
    expect(await erase(days(1.1))).toMatchObject({ idempotencyKeys: 1, changes: 0 });
    expect((await life.read(id)).idempotencyHash).toBeNull();
  });

  it('a link, a challenge and a session, when they run out', async () => {
    const { signInLinks, challenges, sessions } = test.store;
    const link = { tokenHash: 'digest', moderatorId: 'ada', browserHash: null };
    await signInLinks.put({ ...link, expiresAt: minutes(10) }, NOON);
    const challenge = { hash: 'digest', moderatorId: null, browserHash: 'hers' };
    const rest = { purpose: 'sign-in', expiresAt: minutes(5) } as const;
    await challenges.put({ ...challenge, ...rest }, NOON);
    expect(await erase(minutes(6))).toEqual({ ...NOTHING, challenges: 1 });
    await sessions.begin('id', 'ada', {}, minutes(30));
    expect(await erase(minutes(11))).toEqual({ ...NOTHING, links: 1 });
    expect(await erase(minutes(31))).toEqual({ ...NOTHING, sessions: 1 });
  });

  it('a mail, 30 days after it was written, unless it still waits', async () => {
    await test.store.outbox.queueSignIn('ada', 'token', NOON, minutes(10));
    expect(await erase(days(31))).toMatchObject({ mails: 0 });
    const message = await test.store.outbox.claim(NOON, LEASE_MS);
    if (message) await test.store.outbox.finish(message, 'sent', NOON);
    expect(await erase(days(30))).toMatchObject({ mails: 0 });
    expect(await erase(days(30.1))).toMatchObject({ mails: 1 });
  });

  it('and no log entry, ever', async () => {
    await life.decide(await life.waiting(), 'approved');
    await erase(days(10_000));
    expect(await test.store.log.list(10)).toHaveLength(1);
  });
});

it('tells what is held of each submission', async () => {
  const id = await life.waiting();
  const holdings = await test.store.housekeeping.holdings([id, 'unknown']);
  expect([...holdings.keys()]).toEqual([id]);
  expect(holdings.get(id)).toMatchObject({ state: 'waiting', held: true, task: null });
});
