import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../support/database.ts';
import { LEASE_MS, minutes, NOON, openLife } from '../support/submissions.ts';

const ROUNDS = process.env.CI ? 80 : 40;

let test: TestStore;
let ada: string;
let bo: string;

beforeEach(async () => {
  test = await openTestStore();
  ada = await add('ada@example.org', 'admin');
  bo = await add('bo@example.org', 'moderator');
});
afterEach(() => test.dispose());

async function add(address: string, role: 'admin' | 'moderator'): Promise<string> {
  return (await test.store.moderators.add(address, NOON, { role })).id;
}

const admins = async () =>
  (await test.store.moderators.list()).filter(({ role }) => role === 'admin').map(({ id }) => id);
const lastDeed = async () => (await test.store.log.list(1))[0];
const passkey = (moderatorId: string) => ({
  id: `key of ${moderatorId}`,
  moderatorId,
  publicKey: new Uint8Array([1, 2, 3]),
  counter: 0,
  transports: [],
  name: 'Phone',
});

/** Gives somebody one of everything that lets people in. */
async function equip(moderatorId: string): Promise<void> {
  const { sessions, signInLinks, passkeys, challenges } = test.store;
  await sessions.begin(`session of ${moderatorId}`, moderatorId, {}, minutes(30));
  const link = { tokenHash: `link of ${moderatorId}`, moderatorId, browserHash: null };
  await signInLinks.put({ ...link, expiresAt: minutes(10) }, NOON);
  expect(await passkeys.add(passkey(moderatorId), NOON)).toBe(true);
  const challenge = { hash: `challenge of ${moderatorId}`, moderatorId, browserHash: 'hers' };
  const rest = { purpose: 'registration', expiresAt: minutes(5) } as const;
  await challenges.put({ ...challenge, ...rest }, NOON);
}

/** How much is left of what lets somebody in. */
async function accessOf(moderatorId: string): Promise<number[]> {
  const { session, signInToken, passkey: passkeys, challenge } = test.database.read;
  const where = { moderatorId };
  return Promise.all([
    session.count({ where }),
    signInToken.count({ where }),
    passkeys.count({ where }),
    challenge.count({ where }),
  ]);
}

describe('somebody who is removed', () => {
  it('loses sessions, links, passkeys, mails, open photos and address', async () => {
    const { people, moderators, outbox, claims } = test.store;
    await equip(ada);
    await equip(bo);
    await outbox.queueSignIn(bo, 'token', NOON, minutes(10));
    const photo = await openLife(test.store).waiting();
    await claims.take(photo, bo, NOON);
    const changed: string[][] = [];
    test.database.onChange((ids) => changed.push(ids));
    expect(await people.remove(bo, ada, NOON)).toBe('done');
    expect(await people.remove(bo, ada, NOON)).toBe('unknown');
    expect(await moderators.active(bo)).toBeNull();
    expect(await accessOf(bo)).toEqual([0, 0, 0, 0]);
    expect(await accessOf(ada)).toEqual([1, 1, 1, 1]);
    expect((await outbox.claim(NOON, LEASE_MS))?.moderatorId).not.toBe(bo);
    // Where processes share a database, each hears its own changes a second time.
    expect([...new Set(changed.flat())]).toEqual([photo]);
    expect((await claims.take(photo, ada, NOON)).moderatorId).toBe(ada);
    const row = await test.database.read.moderator.findUniqueOrThrow({ where: { id: bo } });
    expect(row).toMatchObject({ address: null, addressHash: null, removedAt: NOON });
    expect((await moderators.names([bo, null])).get(bo)).toBe(bo.slice(0, 8));
    expect(await lastDeed()).toMatchObject({ moderatorId: ada, decision: 'removed', aboutId: bo });
    expect(await add('bo@example.org', 'moderator')).not.toBe(bo);
  });
});

describe('access that is reset', () => {
  it('ends sessions, links and passkeys, and leaves the person', async () => {
    await equip(ada);
    await equip(bo);
    expect(await test.store.people.resetAccess(bo, null, NOON)).toBe('done');
    expect(await accessOf(bo)).toEqual([0, 0, 0, 0]);
    expect(await accessOf(ada)).toEqual([1, 1, 1, 1]);
    expect(await test.store.moderators.active(bo)).toMatchObject({ passkeys: 0 });
    const told = { moderatorId: null, decision: 'access-reset', aboutId: bo };
    expect(await lastDeed()).toMatchObject(told);
  });
});

describe('roles', () => {
  it('are changed by admins, and each change is told once', async () => {
    const { people } = test.store;
    expect(await people.setRole(bo, 'admin', ada, NOON)).toBe('done');
    expect(await people.setRole(bo, 'admin', ada, NOON)).toBe('done');
    expect(await people.setRole(ada, 'moderator', bo, NOON)).toBe('done');
    expect(await admins()).toEqual([bo]);
    const deeds = (await test.store.log.list(2)).reverse();
    expect(deeds).toMatchObject([
      { moderatorId: ada, decision: 'made-admin', aboutId: bo },
      { moderatorId: bo, decision: 'made-moderator', aboutId: ada },
    ]);
  });

  it('are not changed by somebody who is no admin, or no longer', async () => {
    const { people } = test.store;
    const cy = await add('cy@example.org', 'admin');
    await people.remove(cy, ada, NOON);
    for (const by of [bo, cy, 'nobody']) {
      expect(await people.setRole(bo, 'admin', by, NOON)).toBe('not-allowed');
      expect(await people.remove(ada, by, NOON)).toBe('not-allowed');
      expect(await people.resetAccess(ada, by, NOON)).toBe('not-allowed');
    }
    expect(await admins()).toEqual([ada]);
  });
});

describe('the last admin', () => {
  it('can neither be removed nor demoted, by nobody', async () => {
    const { people } = test.store;
    const before = await lastDeed();
    for (const by of [ada, null]) {
      expect(await people.remove(ada, by, NOON)).toBe('last-admin');
      expect(await people.setRole(ada, 'moderator', by, NOON)).toBe('last-admin');
    }
    expect(await admins()).toEqual([ada]);
    expect(await lastDeed()).toEqual(before);
  });

  it('is left when two remove or demote each other at the same moment', async () => {
    const { people } = test.store;
    for (let round = 0; round < ROUNDS; round++) {
      const [one = ''] = await admins();
      const other = await add(`round-${round}@example.org`, 'admin');
      const strike = (by: string, at: string, gently: boolean) =>
        gently ? people.setRole(at, 'moderator', by, NOON) : people.remove(at, by, NOON);
      const outcomes = await Promise.all([
        strike(one, other, round % 3 === 0),
        strike(other, one, round % 2 === 0),
      ]);
      expect(outcomes.sort(), `round ${round}`).toEqual(['done', 'not-allowed']);
      expect(await admins(), `round ${round}`).toHaveLength(1);
    }
  });

  it('is left when two leave at the same moment', async () => {
    const { people } = test.store;
    for (let round = 0; round < ROUNDS; round++) {
      const [one = ''] = await admins();
      const other = await add(`round-${round}@example.org`, 'admin');
      const outcomes = await Promise.all([
        people.remove(one, one, NOON),
        people.setRole(other, 'moderator', other, NOON),
      ]);
      expect(outcomes.sort(), `round ${round}`).toEqual(['done', 'last-admin']);
      expect(await admins(), `round ${round}`).toHaveLength(1);
    }
  });
});
