import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isQuiet } from '../../src/quiet.ts';
import { type DigestSettings, NEVER } from '../../src/store/digests.ts';
import { openTestStore, type TestStore } from '../support/database.ts';
import { LEASE_MS, type Life, minutes, NOON, openLife } from '../support/submissions.ts';

/** In Baku it is 16:00 at `NOON`. */
const NIGHT = { from: 22, until: 7, timeZone: 'Asia/Baku' };
const TEN_PM = 6 * 60;
const SEVEN_AM = 15 * 60;

let test: TestStore;
let life: Life;
let ada: string;

async function open(digestMinutes = 30) {
  test = await openTestStore(digestMinutes);
  life = openLife(test.store);
  ada = (await test.store.moderators.add('ada@example.org', NOON)).id;
}
beforeEach(() => open());
afterEach(() => test.dispose());

const photoAt = async (minute: number) =>
  life.clean(await life.receive(), undefined, minutes(minute));
const claimAt = (minute: number) => test.store.outbox.claim(minutes(minute), LEASE_MS);
const choose = (settings: Partial<DigestSettings>, minute = 0) =>
  test.store.digests.choose(ada, { every: null, quiet: null, ...settings }, minutes(minute));
const pending = () => test.database.read.outboxMessage.findMany({ where: { state: 'queued' } });

/** How many digests leave at this minute. */
async function sentAt(minute: number): Promise<number> {
  for (let sent = 0; ; sent++) {
    const message = await claimAt(minute);
    if (!message) return sent;
    await test.store.outbox.finish(message, 'sent', minutes(minute));
  }
}

describe('how often', () => {
  it('is what the moderator chose, whatever the service does', async () => {
    await choose({ every: 120 });
    await photoAt(0);
    expect(await sentAt(0)).toBe(1);
    await photoAt(1);
    expect(await sentAt(119)).toBe(0);
    expect(await sentAt(120)).toBe(1);
  });

  it('may be never; what waits is announced once mails are wanted again', async () => {
    await photoAt(0);
    await choose({ every: NEVER });
    expect(await pending()).toEqual([]);
    await photoAt(1);
    expect(await sentAt(1000)).toBe(0);
    await choose({ every: null }, 1001);
    expect(await sentAt(1001)).toBe(1);
    await choose({ every: NEVER }, 1002);
    await choose({ every: 5 }, 1003);
    expect(await sentAt(1003)).toBe(0);
    expect(await sentAt(1006)).toBe(1);
  });

  it('moves a digest that waits, both ways, and makes no new one', async () => {
    await photoAt(0);
    await sentAt(0);
    await photoAt(1);
    await choose({ every: 120 }, 2);
    expect(await sentAt(119)).toBe(0);
    await choose({ every: 5 }, 119);
    expect(await sentAt(119)).toBe(1);
    await choose({ every: 30 }, 120);
    expect(await pending()).toEqual([]);
  });

  it('stops at once, also what could not be delivered yet', async () => {
    await photoAt(0);
    const message = await claimAt(0);
    expect(await test.store.digests.stop(ada, NOON)).toBe(true);
    if (message) await test.store.outbox.postpone(message, NOON, 'timeout-connect');
    expect(await sentAt(60)).toBe(0);
    expect(await test.store.digests.settings(ada)).toEqual({ every: NEVER, quiet: null });
    expect(await test.store.digests.stop('nobody', NOON)).toBe(false);
  });

  it('of a window of 0 is each photo by itself, but one mail for a whole night', async () => {
    await test.dispose();
    await open(0);
    await choose({ quiet: NIGHT });
    await photoAt(0);
    await photoAt(0);
    expect(await sentAt(0)).toBe(2);
    for (let photo = 0; photo < 3; photo++) await photoAt(TEN_PM + photo);
    expect(await sentAt(SEVEN_AM - 1)).toBe(0);
    expect(await sentAt(SEVEN_AM)).toBe(1);
  });
});

describe('quiet hours', () => {
  it('put a digest off to their end', async () => {
    await choose({ quiet: NIGHT });
    await photoAt(TEN_PM - 1);
    expect(await sentAt(TEN_PM - 1)).toBe(1);
    await photoAt(TEN_PM);
    await photoAt(TEN_PM + 200);
    expect(await sentAt(SEVEN_AM - 1)).toBe(0);
    expect(await sentAt(SEVEN_AM)).toBe(1);
    expect(await sentAt(SEVEN_AM + 60)).toBe(0);
  });

  it('put off what came due before them and could not be sent', async () => {
    await choose({ quiet: NIGHT });
    await photoAt(TEN_PM - 1);
    const message = await claimAt(TEN_PM - 1);
    if (message) await test.store.outbox.postpone(message, minutes(TEN_PM + 1), 'timeout-idle');
    expect(await sentAt(TEN_PM + 1)).toBe(0);
    expect((await pending())[0]?.dueAt).toEqual(minutes(SEVEN_AM));
    expect(await sentAt(SEVEN_AM)).toBe(1);
  });

  it('hold up nothing but digests, and nobody else', async () => {
    const bo = await test.store.moderators.add('bo@example.org', NOON);
    await choose({ quiet: NIGHT });
    await photoAt(TEN_PM);
    await test.store.outbox.queueSignIn(ada, 'token', minutes(TEN_PM), minutes(TEN_PM + 10));
    const claims = [await claimAt(TEN_PM), await claimAt(TEN_PM), await claimAt(TEN_PM)];
    expect(claims.map((claim) => claim && [claim.kind, claim.moderatorId])).toEqual(
      expect.arrayContaining([['digest', bo.id], ['sign-in', ada], null]),
    );
  });

  it('of a zone this system does not know count as none', async () => {
    await test.database.write((tx) =>
      tx.moderator.update({
        where: { id: ada },
        data: { quietFrom: 0, quietUntil: 23, timeZone: 'Mars/Olympus' },
      }),
    );
    await photoAt(0);
    expect(await sentAt(0)).toBe(1);
  });
});

it('keeps its promises whatever comes: no mail in the night, none too soon, no photo unannounced', async () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('photo' as const) }),
    fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 300 }) }),
    fc.record({
      do: fc.constant('choose' as const),
      every: fc.constantFrom(null, NEVER, 5, 120, 1440),
      quiet: fc.constantFrom(null, NIGHT, { from: 3, until: 20, timeZone: 'UTC' }),
    }),
    fc.record({ do: fc.constant('fail' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      await test.dispose();
      await open();
      let at = 0;
      let settings: DigestSettings = { every: null, quiet: null };
      let last = Number.NEGATIVE_INFINITY;
      let unannounced = false;
      const send = async () => {
        const sent = await sentAt(at);
        if (sent === 0) return;
        expect(sent).toBe(1);
        expect(settings.every).not.toBe(NEVER);
        expect(at - last).toBeGreaterThanOrEqual(settings.every ?? 30);
        if (settings.quiet) expect(isQuiet(minutes(at), settings.quiet)).toBe(false);
        last = at;
        unannounced = false;
      };
      for (const next of steps) {
        if (next.do === 'photo') {
          await photoAt(at);
          unannounced = true;
        } else if (next.do === 'wait') {
          at += next.minutes;
        } else if (next.do === 'choose') {
          settings = { every: next.every, quiet: next.quiet };
          await choose(settings, at);
        } else {
          const message = await claimAt(at);
          if (message) {
            await test.store.outbox.postpone(message, minutes(at + 1), 'timeout-idle');
            continue;
          }
        }
        await send();
      }
      if (settings.every === NEVER) {
        settings = { every: 5, quiet: null };
        await choose(settings, at);
      }
      for (let hour = 0; hour < 49; hour++, at += 60) await send();
      expect(unannounced).toBe(false);
    }),
    { numRuns: 25 },
  );
}, 120_000);
