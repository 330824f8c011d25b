import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../support/database.ts';
import { onSqlite } from '../support/engines.ts';
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

  it.skipIf(!onSqlite)("are nowhere in SQLite's file by their address", async () => {
    await test.store.moderators.add('ada-canary@example.org', NOON);
    for (const file of ['data.db', 'data.db-wal']) {
      const bytes = await readFile(join(test.folder, file));
      expect(bytes.includes('ada-canary')).toBe(false);
    }
  });

  it('are invited into the log, and by a mail where one is asked for', async () => {
    const { moderators, outbox, log } = test.store;
    const ada = await moderators.add('ada@example.org', NOON, { role: 'admin' });
    const invitation = { by: ada.id, mailIn: 'tr' };
    const bo = await moderators.add('bo@example.org', NOON, invitation);
    expect(bo).toMatchObject({ role: 'moderator', passkeys: 0, addedAt: NOON });
    await moderators.add('bo@example.org', NOON, invitation);
    const deeds = (await log.list(10)).reverse();
    expect(
      deeds.map(({ moderatorId, decision, aboutId }) => [moderatorId, decision, aboutId]),
    ).toEqual([
      [null, 'invited', ada.id],
      [null, 'made-admin', ada.id],
      [ada.id, 'invited', bo.id],
    ]);
    const mail = await outbox.claim(NOON, LEASE_MS);
    expect(mail).toMatchObject({ kind: 'invitation', moderatorId: bo.id, locale: 'tr' });
    expect(await outbox.claim(NOON, LEASE_MS)).toBeNull();
  });

  it('become admins when they are added as such, and stay it', async () => {
    const { moderators } = test.store;
    const { id } = await moderators.add('ada@example.org', NOON);
    await moderators.add('ada@example.org', NOON, { role: 'admin' });
    expect((await moderators.add('ada@example.org', NOON)).role).toBe('admin');
    expect((await moderators.active(id))?.role).toBe('admin');
    expect((await test.store.log.list(10)).map(({ decision }) => decision)).toEqual([
      'made-admin',
      'invited',
    ]);
  });
});
