import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lookForAlarms } from '../../src/processing/alarms.ts';
import { deliverNext } from '../../src/processing/deliver.ts';
import { inFolders } from '../support/engines.ts';
import { days, LEASE_MS, type Life, minutes, NOON, openLife } from '../support/submissions.ts';
import { openTestTools, type TestTools } from '../support/tools.ts';

let tools: TestTools;
let life: Life;
let now = NOON;

beforeEach(async () => {
  now = NOON;
  tools = { ...(await openTestTools()), now: () => now };
  life = openLife(tools.store);
  await tools.store.moderators.add('ada@example.org', NOON);
  await tools.store.moderators.add('bo@example.org', NOON);
});
afterEach(() => tools.dispose());

async function makeAdmin(address: string): Promise<string> {
  const { id } = (await tools.store.moderators.byAddress(address)) ?? { id: '' };
  await tools.test.database.write((tx) =>
    tx.moderator.update({ where: { id }, data: { role: 'admin' } }),
  );
  return id;
}

/** What is mailed to whom by looking now. */
async function alarms(): Promise<{ to: string | null; about: unknown }[]> {
  await lookForAlarms(tools);
  const told = [];
  for (;;) {
    const message = await tools.store.outbox.claim(now, LEASE_MS);
    if (!message) return told;
    await tools.store.outbox.finish(message, 'sent', now);
    if (message.kind === 'alarm') told.push({ to: message.moderatorId, about: message.alarm });
  }
}

describe('an alarm', () => {
  it('is not given while all is well', async () => {
    await life.waiting();
    tools.mailer = { ...tools.mailer, configured: true };
    expect(await alarms()).toEqual([]);
  });

  it('goes to the admins, or to everybody where there is none', async () => {
    await life.waiting();
    now = days(3);
    expect(await alarms()).toHaveLength(2);
    const ada = await makeAdmin('ada@example.org');
    now = days(5);
    expect((await alarms()).map(({ to }) => to)).toEqual([ada]);
  });

  it('comes at most once a day while it lasts, and not after', async () => {
    await makeAdmin('ada@example.org');
    const id = await life.waiting();
    let mails = 0;
    for (let minute = 0; minute < 5 * 24 * 60; minute += 30) {
      now = minutes(minute);
      mails += (await alarms()).length;
    }
    expect(mails).toBe(3);
    await life.decide(id, 'approved', now);
    now = days(10);
    expect(await alarms()).toEqual([]);
  });
});

describe('somebody is told', () => {
  beforeEach(() => makeAdmin('ada@example.org'));

  it('of a photo that waits too long, if anybody wants to be', async () => {
    await life.waiting();
    now = minutes(48 * 60 - 1);
    expect(await alarms()).toEqual([]);
    tools.config = { ...tools.config, alertHours: 0 };
    now = days(30);
    expect(await alarms()).toEqual([]);
    tools.config = { ...tools.config, alertHours: 48 };
    expect(await alarms()).toMatchObject([{ about: { about: 'age', hours: 720 } }]);
  });

  it.skipIf(!inFolders)('of a disk with less room than the reserve', async () => {
    tools.config = { ...tools.config, diskReserveMb: 1_000_000_000 };
    expect(await alarms()).toMatchObject([{ about: { about: 'disk' } }]);
    now = days(2);
    tools.photos = { ...tools.photos, freeBytes: async () => 499_900_000 };
    tools.config = { ...tools.config, diskReserveMb: 500 };
    expect(await alarms()).toMatchObject([{ about: { about: 'disk', megabytes: 499 } }]);
    now = days(4);
    tools.photos = { ...tools.photos, freeBytes: async () => 500_000_000 };
    expect(await alarms()).toEqual([]);
  });

  it('of a line that is four fifths full', async () => {
    tools.config = { ...tools.config, lineLength: 10 };
    for (let photo = 0; photo < 8; photo++) await life.receive();
    expect(await alarms()).toEqual([]);
    await life.receive();
    expect(await alarms()).toMatchObject([{ about: { about: 'line', waiting: 9, room: 10 } }]);
  });
});

describe('mail that does not arrive', () => {
  let bo: string;
  beforeEach(async () => {
    await makeAdmin('ada@example.org');
    bo = (await tools.store.moderators.byAddress('bo@example.org'))?.id ?? '';
  });

  /** A mail server that takes nothing for some addresses. */
  function refuse(kind: 'never' | 'later', addresses: string[]) {
    tools.mailer = {
      ...tools.mailer,
      configured: true,
      send: async ({ to }) =>
        addresses.includes(to) ? { kind, why: 'recipient-refused 550' } : { kind: 'sent' },
    };
  }
  async function deliver() {
    while (await deliverNext(tools));
  }

  it('I3 at all is told, with the colleague named and supporters counted', async () => {
    refuse('never', ['bo@example.org', 'supporter@example.net']);
    const id = await life.waiting({}, 'supporter@example.net');
    await life.decide(id, 'approved');
    await life.waiting();
    await deliver();
    const about = { about: 'mail', moderators: [bo], supporters: 1 };
    expect(await alarms()).toMatchObject([{ about }]);
    now = minutes(25 * 60);
    expect(await alarms()).toEqual([]);
  });

  it('I1 I6 for a day is told, and not before', async () => {
    refuse('later', ['bo@example.org']);
    await life.waiting();
    const told: { minute: number; about: unknown }[] = [];
    for (let minute = 0; minute < 40 * 60; minute += 10) {
      now = minutes(minute);
      await deliver();
      await lookForAlarms(tools);
      const queued = await tools.test.database.read.outboxMessage.findFirst({
        where: { kind: 'alarm' },
      });
      if (queued) told.push({ minute, about: queued.kind });
      if (queued) break;
    }
    expect(told[0]?.minute).toBeGreaterThanOrEqual(24 * 60);
    expect(told[0]?.minute).toBeLessThanOrEqual(25 * 60 + 10);
  });

  it('for want of a mail server is told to nobody: there is no way to', async () => {
    await life.waiting();
    for (let hour = 0; hour < 40; hour++) {
      now = minutes(hour * 60);
      await deliver();
    }
    expect(
      (await alarms()).filter(({ about }) => (about as { about: string }).about === 'mail'),
    ).toEqual([]);
  });
});
