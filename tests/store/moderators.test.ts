import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../support/database.ts';
import { LEASE_MS, minutes, NOON } from '../support/submissions.ts';

let test: TestStore;

beforeEach(async () => {
  test = await openTestStore();
});
afterEach(() => test.dispose());

describe('moderators', () => {
  it('are found by their address, however it is written', async () => {
    const { moderators } = test.store;
    const ada = await moderators.add(' Ada@Example.org ', NOON);
    expect(await moderators.byAddress('ada@example.ORG')).toEqual(ada);
    expect(ada.address).toBe('Ada@Example.org');
    expect(await moderators.add('ada@example.org', minutes(1))).toEqual(ada);
    expect(await moderators.list()).toEqual([ada]);
    expect(await moderators.byAddress('bo@example.org')).toBeNull();
  });

  it('are nowhere in the file by their address', async () => {
    await test.store.moderators.add('ada-canary@example.org', NOON);
    for (const file of ['data.db', 'data.db-wal']) {
      const bytes = await readFile(join(test.folder, file));
      expect(bytes.includes('ada-canary')).toBe(false);
    }
  });

  it('lose sessions, links, mails and address when they are removed', async () => {
    const { moderators, sessions, outbox } = test.store;
    const { id } = await moderators.add('ada@example.org', NOON);
    await sessions.put('session', id, {}, minutes(30));
    await moderators.storeLink(link(id), NOON);
    await outbox.queueSignIn(id, 'token', NOON, minutes(10));
    expect(await moderators.remove('Ada@example.org', NOON)).toBe(true);
    expect(await moderators.remove('ada@example.org', NOON)).toBe(false);
    expect(await moderators.active(id)).toBeNull();
    expect(await sessions.get('session', NOON)).toBeNull();
    expect(await moderators.useLink('digest', null, NOON)).toBeNull();
    expect(await outbox.claim(NOON, LEASE_MS)).toBeNull();
    expect((await moderators.names([id, null])).get(id)).toBe(id.slice(0, 8));
    expect((await moderators.add('ada@example.org', NOON)).id).not.toBe(id);
  });
});

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
    await test.store.moderators.storeLink(link(ada), NOON);
    const used = await Promise.all(
      Array.from({ length: 100 }, () => test.store.moderators.useLink('digest', null, NOON)),
    );
    expect(used.filter((moderator) => moderator?.id === ada)).toHaveLength(1);
    expect(used.filter((moderator) => moderator === null)).toHaveLength(99);
  });

  it('is good for its time', async () => {
    await test.store.moderators.storeLink(link(ada), NOON);
    expect(await test.store.moderators.useLink('digest', null, minutes(10))).toBeNull();
    expect(await test.store.moderators.useLink('digest', null, minutes(9.9))).not.toBeNull();
  });

  it('is good only in the browser that asked, where it could be told', async () => {
    await test.store.moderators.storeLink(link(ada, 'digest', 'hers'), NOON);
    expect(await test.store.moderators.useLink('digest', 'his', NOON)).toBeNull();
    expect(await test.store.moderators.useLink('digest', null, NOON)).toBeNull();
    expect(await test.store.moderators.useLink('digest', 'hers', NOON)).not.toBeNull();
  });

  it('of the same browser replaces the one before; those of others stay', async () => {
    const { moderators } = test.store;
    await moderators.storeLink(link(ada, 'one', 'hers'), NOON);
    await moderators.storeLink(link(ada, 'other', 'else'), NOON);
    await moderators.storeLink(link(ada, 'two', 'hers'), NOON);
    expect(await moderators.useLink('one', 'hers', NOON)).toBeNull();
    expect(await moderators.useLink('other', 'else', NOON)).not.toBeNull();
    expect(await moderators.useLink('two', 'hers', NOON)).not.toBeNull();
  });
});

describe('sessions', () => {
  it('are found until they end or run out', async () => {
    const { sessions } = test.store;
    await sessions.put('id', 'ada', { csrf: 1 }, minutes(30));
    expect(await sessions.get('id', minutes(29))).toEqual({ csrf: 1 });
    expect(await sessions.get('id', minutes(30))).toBeNull();
    await sessions.put('id', 'ada', { csrf: 2 }, minutes(60));
    expect(await sessions.get('id', minutes(30))).toEqual({ csrf: 2 });
    await sessions.end('id');
    expect(await sessions.get('id', NOON)).toBeNull();
  });

  it('are not opened by what the table holds', async () => {
    await test.store.sessions.put('id', 'ada', {}, minutes(30));
    const { idHash } = await test.database.read.session.findFirstOrThrow();
    expect(idHash).not.toContain('id');
    expect(await test.store.sessions.get(idHash, NOON)).toBeNull();
  });
});
