import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallOutcome } from '../../src/calls/caller.ts';
import { callNext } from '../../src/processing/webhooks.ts';
import type { AddedWebhook } from '../../src/store/webhooks.ts';
import { days, type Life, minutes, NOON, openLife, RENDITIONS } from '../support/submissions.ts';
import { openTestTools, type TestTools } from '../support/tools.ts';

const URL = 'https://example.org/hook?key=word';
const taken: CallOutcome = { kind: 'taken', why: 'status 204' };
const failed: CallOutcome = { kind: 'later', why: 'status 500' };

interface Body {
  id: string;
  type: string;
  photo?: { id: string };
}

let tools: TestTools;
let life: Life;
let hook: AddedWebhook;
let outcome: CallOutcome;
let calls: Body[];

beforeEach(async () => {
  tools = await openTestTools();
  life = openLife(tools.store);
  outcome = taken;
  calls = [];
  tools.caller = {
    async post(url, headers, body) {
      expect(url).toBe(URL);
      calls.push(JSON.parse(body));
      expect(headers['webhook-id']).toBe(calls.at(-1)?.id);
      return outcome;
    },
  };
  const added = await tools.store.webhooks.add(URL, 'ada', NOON);
  if (typeof added === 'string') throw new Error(added);
  hook = added;
});
afterEach(() => tools.dispose());

async function callAll(now = NOON): Promise<Body[]> {
  tools.now = () => now;
  calls = [];
  while (await callNext(tools));
  return calls;
}
const told = (type: string, id: string) => ({ id: expect.any(String), type, photo: { id } });
const view = async () => (await tools.store.webhooks.list())[0];
const logged = async () => (await tools.store.log.list(1))[0];

describe('a webhook', () => {
  it('is told that a photo came and went, and nothing else of it', async () => {
    const id = await life.published();
    expect(await callAll()).toEqual([told('photo.approved', id)]);
    await tools.store.submissions.withdraw(id, NOON);
    expect(await callAll()).toEqual([told('photo.withdrawn', id)]);
    expect(await callAll()).toEqual([]);
    expect(await view()).toMatchObject({
      lastOutcome: 'status 204',
      lastDay: '2026-11-20',
      waiting: 0,
    });
  });

  it('is told again of other words, not of more pictures', async () => {
    const id = await life.published();
    await callAll();
    await tools.store.jobs.finishEncoding(await life.claim(id, ['encode']), RENDITIONS, NOON);
    expect(await callAll()).toEqual([]);
    const { version } = await life.read(id);
    await tools.store.edits.edit({ id, version, moderatorId: 'ada', hideName: true }, NOON);
    expect(await callAll()).toEqual([told('photo.approved', id)]);
  });

  it('is told only how things stand by now, withdrawals first', async () => {
    outcome = failed;
    const early = await life.published();
    await callAll();
    const [first, second] = [await life.published(), await life.published()];
    await tools.store.submissions.withdraw(second, NOON);
    outcome = taken;
    const bodies = await callAll(minutes(1));
    expect(bodies[0]).toEqual(told('photo.withdrawn', second));
    expect(
      bodies
        .slice(1)
        .map(({ photo }) => photo?.id)
        .sort(),
    ).toEqual([early, first].sort());
  });

  it('is called again later and later, with the same id, and at once when it answers', async () => {
    outcome = failed;
    await life.published();
    const [first] = await callAll();
    let at = 0;
    for (const wait of [1, 2, 4, 8, 16, 32, 60, 60]) {
      expect(await callAll(minutes(at + wait - 0.1))).toEqual([]);
      at += wait;
      expect(await callAll(minutes(at))).toEqual([first]);
    }
    expect(await view()).toMatchObject({ failingSince: NOON, waiting: 1 });
    outcome = taken;
    await life.published();
    expect(await callAll(minutes(at + 60))).toHaveLength(2);
    expect(await view()).toMatchObject({ failingSince: null, waiting: 0 });
  });

  it('is stopped after days, admins are told, and it starts again when one says so', async () => {
    outcome = failed;
    await life.published();
    await callAll();
    await callAll(days(4.9));
    expect((await view())?.stoppedAt).toBeNull();
    await tools.store.moderators.add('ada@example.org', NOON, { role: 'admin' });
    await callAll(days(5.1));
    expect(await view()).toMatchObject({ stoppedAt: days(5.1), waiting: 0 });
    const mail = await tools.store.outbox.claim(days(5.1), 1000);
    expect(mail).toMatchObject({ kind: 'alarm', alarm: { about: 'webhook', host: 'example.org' } });
    await life.published();
    expect(await callAll(days(6))).toEqual([]);
    expect(await tools.store.webhooks.restart(hook.id, 'ada', days(6))).toBe(true);
    expect(await logged()).toMatchObject({ decision: 'webhook-restarted', note: 'example.org' });
    outcome = taken;
    const id = await life.published();
    expect(await callAll(days(6))).toEqual([told('photo.approved', id)]);
  });

  it('is stopped at once when the site says that it is gone', async () => {
    outcome = { kind: 'gone', why: 'status 410' };
    await life.published();
    expect(await callAll()).toHaveLength(1);
    expect(await view()).toMatchObject({ stoppedAt: NOON, lastOutcome: 'status 410' });
  });

  it('is tested by one call, whatever comes of it, and a stopped one stays stopped', async () => {
    outcome = { kind: 'gone', why: 'status 410' };
    expect(await tools.store.webhooks.test(hook.id, NOON)).toBe(true);
    expect(await callAll()).toEqual([{ id: expect.any(String), type: 'test' }]);
    expect(await view()).toMatchObject({ stoppedAt: null, failingSince: null, waiting: 0 });
    await life.published();
    await callAll();
    outcome = taken;
    await tools.store.webhooks.test(hook.id, NOON);
    expect(await callAll()).toHaveLength(1);
    expect(await view()).toMatchObject({ stoppedAt: NOON, lastOutcome: 'status 204' });
  });

  it('hears no more once it is removed, even while it is called', async () => {
    await life.published();
    const caller = tools.caller;
    tools.caller = {
      async post(...call) {
        await tools.store.webhooks.remove(hook.id, 'ada', NOON);
        return caller.post(...call);
      },
    };
    outcome = failed;
    expect(await callAll()).toHaveLength(1);
    expect(await tools.store.webhooks.list()).toEqual([]);
    expect(await tools.test.database.read.webhookDelivery.count()).toBe(0);
    expect(await logged()).toMatchObject({ decision: 'webhook-removed', note: 'example.org' });
  });

  it('that is told of a photo when it changes again is told of the change', async () => {
    const id = await life.published();
    const caller = tools.caller;
    tools.caller = {
      async post(...call) {
        tools.caller = caller;
        await tools.store.submissions.withdraw(id, NOON);
        return caller.post(...call);
      },
    };
    expect(await callAll()).toEqual([told('photo.approved', id), told('photo.withdrawn', id)]);
  });
});

describe('what is kept of it', () => {
  it('is sealed: neither its address nor its secret is in the database', async () => {
    const { target } = await tools.test.database.read.webhook.findFirstOrThrow();
    for (const text of ['example.org', 'key=word', 'whsec_', hook.secret.slice(6)]) {
      expect(Buffer.from(target).toString('latin1')).not.toContain(text);
    }
  });

  it('is one of each, and twenty at most', async () => {
    const { webhooks } = tools.store;
    expect(await webhooks.add(URL, 'ada', NOON)).toBe('known');
    for (let i = 1; i < 20; i += 1) await webhooks.add(`${URL}${i}`, 'ada', NOON);
    expect(await webhooks.add(`${URL}x`, 'ada', NOON)).toBe('full');
    const secrets = await tools.test.database.read.webhook.count();
    expect(secrets).toBe(20);
  });
});
