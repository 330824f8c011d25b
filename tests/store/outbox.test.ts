import { afterEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../support/database.ts';
import { LEASE_MS, type Life, minutes, NOON, openLife } from '../support/submissions.ts';

let test: TestStore;
let life: Life;
let ada: string;

async function open(digestMinutes = 30) {
  test = await openTestStore(digestMinutes);
  life = openLife(test.store);
  ada = (await test.store.moderators.add('ada@example.org', NOON)).id;
}

/** A photo that becomes ready for moderators at a moment. */
async function photoAt(now: Date): Promise<void> {
  await life.clean(await life.receive(), undefined, now);
}

const claim = (now: Date) => test.store.outbox.claim(now, LEASE_MS);

async function sendAt(now: Date): Promise<boolean> {
  const message = await claim(now);
  if (message) await test.store.outbox.finish(message, 'sent', now);
  return message !== null;
}

afterEach(() => test.dispose());

describe('digests', () => {
  it('announce the first photo after a quiet time at once', async () => {
    await open();
    await photoAt(NOON);
    expect(await claim(NOON)).toMatchObject({ kind: 'digest', moderatorId: ada, attempts: 1 });
  });

  it('come at most once per window, however many photos', async () => {
    await open();
    let sent = 0;
    for (let minute = 0; minute < 120; minute += 2) {
      await photoAt(minutes(minute));
      while (await sendAt(minutes(minute))) sent += 1;
    }
    expect(sent).toBe(4);
  });

  it('announce a photo that came while one was being sent in the next', async () => {
    await open();
    await photoAt(NOON);
    const message = await claim(NOON);
    await photoAt(NOON);
    if (message) await test.store.outbox.finish(message, 'sent', NOON);
    expect(await claim(minutes(29))).toBeNull();
    expect(await claim(minutes(30))).toMatchObject({ kind: 'digest' });
  });

  it('that were dropped do not begin a window', async () => {
    await open();
    await photoAt(NOON);
    const message = await claim(NOON);
    if (message) await test.store.outbox.finish(message, 'dropped', NOON);
    await photoAt(minutes(1));
    expect(await claim(minutes(1))).toMatchObject({ kind: 'digest' });
  });

  it('are one for each photo with a window of 0', async () => {
    await open(0);
    await photoAt(NOON);
    await photoAt(NOON);
    expect([await sendAt(NOON), await sendAt(NOON), await sendAt(NOON)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('go to each moderator on their own clock, and to nobody removed', async () => {
    await open();
    await photoAt(NOON);
    await sendAt(NOON);
    await test.store.moderators.add('bo@example.org', minutes(5));
    const cy = await test.store.moderators.add('cy@example.org', minutes(5));
    await test.store.people.remove(cy.id, null, minutes(6));
    await photoAt(minutes(10));
    const first = await claim(minutes(10));
    expect([ada, cy.id]).not.toContain(first?.moderatorId);
    if (first) await test.store.outbox.finish(first, 'sent', minutes(10));
    expect(await claim(minutes(10))).toBeNull();
    expect(await claim(minutes(30))).toMatchObject({ moderatorId: ada });
  });
});

describe('messages', () => {
  it('are handed out once, and again when the lease ran out', async () => {
    await open();
    await test.store.outbox.queueSignIn(ada, 'secret-token', NOON, minutes(10));
    const first = await claim(NOON);
    expect(first).toMatchObject({ kind: 'sign-in', token: 'secret-token', expiresAt: minutes(10) });
    expect(await claim(NOON)).toBeNull();
    const second = await claim(minutes(2));
    expect(second?.attempts).toBe(2);
    if (first) await test.store.outbox.finish(first, 'sent', minutes(2));
    expect((await test.store.outbox.backlog()).queued).toBe(1);
    if (second) await test.store.outbox.finish(second, 'sent', minutes(2));
    expect((await test.store.outbox.backlog()).queued).toBe(0);
  });

  it('keep their secrets sealed, and lose them once sent', async () => {
    await open();
    await test.store.outbox.queueSignIn(ada, 'secret-token', NOON, minutes(10));
    const sealed = await test.database.read.outboxMessage.findFirstOrThrow();
    expect(Buffer.from(sealed.payload ?? []).includes('secret-token')).toBe(false);
    await sendAt(NOON);
    const sent = await test.database.read.outboxMessage.findFirstOrThrow();
    expect(sent).toMatchObject({ state: 'sent', payload: null, pendingKey: null });
  });

  it('that are put off come back when they are due, or hastened', async () => {
    await open();
    await test.store.outbox.queueSignIn(ada, 'token', NOON, minutes(10));
    const message = await claim(NOON);
    if (message) await test.store.outbox.postpone(message, minutes(5), 'connection');
    expect(await claim(minutes(4))).toBeNull();
    await test.store.outbox.hasten(['other'], minutes(4));
    expect(await claim(minutes(4))).toBeNull();
    await test.store.outbox.hasten(['connection'], minutes(4));
    expect(await claim(minutes(4))).not.toBeNull();
  });

  it('are listed newest first and counted', async () => {
    await open();
    await test.store.outbox.queueSignIn(ada, 'one', NOON, minutes(10));
    await test.store.outbox.queueSignIn(ada, 'two', minutes(1), minutes(10));
    const message = await claim(NOON);
    if (message) await test.store.outbox.finish(message, 'given-up', NOON);
    const entries = await test.store.outbox.list(10);
    expect(entries.map(({ state }) => state)).toEqual(['queued', 'given-up']);
    expect(JSON.stringify(entries)).not.toContain('payload');
    expect(await test.store.outbox.backlog()).toEqual({ queued: 1, givenUp: 1 });
  });
});
