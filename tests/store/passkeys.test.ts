import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../support/database.ts';
import { minutes, NOON } from '../support/submissions.ts';

let test: TestStore;
let ada: string;

beforeEach(async () => {
  test = await openTestStore();
  ada = (await test.store.moderators.add('ada@example.org', NOON)).id;
});
afterEach(() => test.dispose());

const passkey = (id = 'key') => ({
  id,
  moderatorId: ada,
  publicKey: new Uint8Array([1, 2, 3]),
  counter: 4,
  transports: ['internal'],
  name: 'Phone',
});
const deeds = async () =>
  (await test.store.log.list(10)).map(({ decision }) => decision).toReversed();

describe('passkeys', () => {
  it('are kept with their owner, and counted there', async () => {
    const { passkeys, moderators } = test.store;
    expect(await passkeys.add(passkey(), NOON)).toBe(true);
    const kept = { ...passkey(), addedAt: NOON };
    expect(await passkeys.of(ada)).toEqual([kept]);
    expect(await passkeys.byId('key')).toEqual(kept);
    expect(await moderators.active(ada)).toMatchObject({ passkeys: 1 });
  });

  it('belong to one person, who is still there', async () => {
    const { passkeys, moderators, people } = test.store;
    const bo = (await moderators.add('bo@example.org', NOON)).id;
    await passkeys.add(passkey(), NOON);
    expect(await passkeys.add({ ...passkey(), moderatorId: bo }, NOON)).toBe(false);
    await people.remove(bo, null, NOON);
    expect(await passkeys.add({ ...passkey('other'), moderatorId: bo }, NOON)).toBe(false);
    expect(await passkeys.of(bo)).toEqual([]);
  });

  it('are removed by their owner only, and both is told in the log', async () => {
    const { passkeys } = test.store;
    await passkeys.add(passkey(), NOON);
    expect(await passkeys.remove('bo', 'key', NOON)).toBe(false);
    expect(await passkeys.remove(ada, 'key', NOON)).toBe(true);
    expect(await passkeys.remove(ada, 'key', NOON)).toBe(false);
    expect(await deeds()).toEqual(['invited', 'passkey-added', 'passkey-removed']);
  });

  it('count once, whoever else counts at the same moment', async () => {
    const { passkeys } = test.store;
    await passkeys.add(passkey(), NOON);
    const found = await passkeys.byId('key');
    if (!found) throw new Error('It is there');
    const counted = await Promise.all(
      Array.from({ length: 20 }, (_, step) => passkeys.count(found, 5 + step)),
    );
    expect(counted.filter(Boolean)).toHaveLength(1);
    await passkeys.remove(ada, 'key', NOON);
    expect(await passkeys.count(found, 99)).toBe(false);
  });
});

describe('a challenge', () => {
  const asked = { hash: 'digest', browserHash: 'hers', purpose: 'sign-in' } as const;
  beforeEach(async () => {
    const challenge = { ...asked, moderatorId: ada, expiresAt: minutes(5) };
    await test.store.challenges.put(challenge, NOON);
  });

  it('is good once, for one of a hundred who use it at the same time', async () => {
    const { challenges } = test.store;
    const used = await Promise.all(
      Array.from({ length: 100 }, () => challenges.use(asked, minutes(4.9))),
    );
    expect(used.filter((each) => each?.moderatorId === ada)).toHaveLength(1);
    expect(used.filter((each) => each === null)).toHaveLength(99);
  });

  it.each([
    ['five minutes later', {}, 5],
    ['in another browser', { browserHash: 'his' }, 0],
    ['for another purpose', { purpose: 'registration' as const }, 0],
  ])('is no good %s, and not afterwards either', async (_, changes, minute) => {
    const { challenges } = test.store;
    expect(await challenges.use({ ...asked, ...changes }, minutes(minute))).toBeNull();
    expect(await challenges.use(asked, NOON)).toBeNull();
  });

  it('is forgotten when the next one comes after its time', async () => {
    const next = { ...asked, hash: 'next', moderatorId: null, expiresAt: minutes(20) };
    await test.store.challenges.put(next, minutes(6));
    expect(await test.database.read.challenge.count()).toBe(1);
  });
});
