import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../support/database.ts';
import { minutes, NOON } from '../support/submissions.ts';

let test: TestStore;

beforeEach(async () => {
  test = await openTestStore();
});
afterEach(() => test.dispose());

const link = (moderatorId: string, tokenHash = 'digest', browserHash: string | null = null) => ({
  tokenHash,
  moderatorId,
  browserHash,
  expiresAt: minutes(10),
});

describe('a sign-in link', () => {
  let ada: string;
  beforeEach(async () => {
    ada = (await test.store.moderators.add('ada@example.org', NOON)).id;
  });

  it('is good once, for one of a hundred who use it at the same time', async () => {
    await test.store.signInLinks.put(link(ada), NOON);
    const used = await Promise.all(
      Array.from({ length: 100 }, () => test.store.signInLinks.use('digest', null, NOON)),
    );
    expect(used.filter((owner) => owner === ada)).toHaveLength(1);
    expect(used.filter((owner) => owner === null)).toHaveLength(99);
  });

  it('is good for its time', async () => {
    await test.store.signInLinks.put(link(ada), NOON);
    expect(await test.store.signInLinks.use('digest', null, minutes(10))).toBeNull();
    expect(await test.store.signInLinks.use('digest', null, minutes(9.9))).not.toBeNull();
  });

  it('is good only in the browser that asked, where it could be told', async () => {
    await test.store.signInLinks.put(link(ada, 'digest', 'hers'), NOON);
    expect(await test.store.signInLinks.use('digest', 'his', NOON)).toBeNull();
    expect(await test.store.signInLinks.use('digest', null, NOON)).toBeNull();
    expect(await test.store.signInLinks.use('digest', 'hers', NOON)).not.toBeNull();
  });

  it('of the same browser replaces the one before; those of others stay', async () => {
    const { signInLinks } = test.store;
    await signInLinks.put(link(ada, 'one', 'hers'), NOON);
    await signInLinks.put(link(ada, 'other', 'else'), NOON);
    await signInLinks.put(link(ada, 'two', 'hers'), NOON);
    expect(await signInLinks.use('one', 'hers', NOON)).toBeNull();
    expect(await signInLinks.use('other', 'else', NOON)).not.toBeNull();
    expect(await signInLinks.use('two', 'hers', NOON)).not.toBeNull();
  });
});
