import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callNext } from '../../src/processing/webhooks.ts';
import { type Jar, openJar } from '../support/jar.ts';
import { openSite, type Site } from '../support/site.ts';
import { openLife } from '../support/submissions.ts';

const PAGE = '/moderation/webhooks';
const API = '/api/v1/moderation/webhooks';

let site: Site;
let ada: Jar;
let receiver: Server;
let url: string;
const calls: { headers: IncomingHttpHeaders; body: string }[] = [];

beforeAll(async () => {
  site = await openSite({ WEBHOOKS_TO_PRIVATE: 'true' });
  ada = openJar(site);
  await ada.signIn();
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      calls.push({ headers: request.headers, body });
      response.writeHead(204).end();
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  url = `http://127.0.0.1:${(receiver.address() as { port: number }).port}/hook?key=word`;
});
afterAll(async () => {
  receiver?.close();
  await site?.close();
});

async function callAll() {
  const log = { info() {}, warn() {}, error() {} };
  const tools = { ...site, publicUrl: site.config.publicUrl, log };
  calls.length = 0;
  while (await callNext(tools));
  return calls;
}

describe('the page of webhooks', () => {
  let secret: string;

  it('adds a site, shows its secret once, and writes a line in the log', async () => {
    const answer = await ada.submit(PAGE, { url });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    secret = (await answer.text()).match(/whsec_[\w+/=]{44}/)?.[0] ?? '';
    expect(secret).not.toBe('');
    const html = await (await ada.get(PAGE)).text();
    expect(html).toContain('/hook?key=word');
    expect(html).not.toContain('whsec_');
    const [deed] = await site.store.log.list(1);
    expect(deed).toMatchObject({ decision: 'webhook-added', note: new URL(url).host });
  });

  it('has the site told of what comes and goes, signed with the secret', async () => {
    const id = await openLife(site.store).published();
    await site.store.submissions.withdraw(await openLife(site.store).published(), site.now());
    const [withdrawn, approved] = await callAll();
    expect(JSON.parse(withdrawn?.body ?? '').type).toBe('photo.withdrawn');
    const { headers, body } = approved ?? { headers: {}, body: '' };
    const told = JSON.parse(body);
    expect(told).toEqual({ id: headers['webhook-id'], type: 'photo.approved', photo: { id } });
    const time = String(headers['webhook-timestamp']);
    expect(Number(time)).toBe(Math.floor(site.now().getTime() / 1000));
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    const mac = createHmac('sha256', key).update(`${told.id}.${time}.${body}`).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${mac}`);
    expect(headers).not.toHaveProperty('cookie');
    expect(headers).not.toHaveProperty('user-agent');
  });

  it('sends a test', async () => {
    const id = (await site.store.webhooks.list())[0]?.id;
    const answer = await ada.submit(`${PAGE}/${id}/test`);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${PAGE}?done=tested`]);
    expect((await callAll()).map(({ body }) => JSON.parse(body).type)).toEqual(['test']);
    expect(await (await ada.get(PAGE)).text()).toContain('status 204');
  });

  it('says what is wrong with an address, and keeps what was typed', async () => {
    for (const [typed, words] of [
      ['ftp://example.org/', 'begins with https'],
      [url, 'in the list already'],
    ] as const) {
      const answer = await ada.submit(PAGE, { url: typed });
      expect(answer.status).toBe(422);
      const html = await answer.text();
      expect(html).toContain(words);
      expect(html).toContain('aria-invalid="true"');
    }
    expect(await site.store.webhooks.list()).toHaveLength(1);
  });

  it('removes it', async () => {
    const id = (await site.store.webhooks.list())[0]?.id;
    expect((await ada.submit(`${PAGE}/${id}/removal`)).status).toBe(303);
    expect((await ada.submit(`${PAGE}/${id}/removal`)).status).toBe(404);
    await openLife(site.store).published();
    expect(await callAll()).toEqual([]);
  });
});

describe('the calls about webhooks', () => {
  it('add, list, test, start again and remove', async () => {
    const added = await ada.post(API, { url });
    expect(added.status).toBe(201);
    const { id, secret } = (await added.json()) as { id: string; secret: string };
    expect(secret).toMatch(/^whsec_/);
    const list = (await (await ada.get(API)).json()) as { items: object[] };
    expect(list.items).toEqual([
      {
        ...{ id, url, stoppedOn: null, failingSince: null },
        ...{ lastOutcome: null, lastDay: null, waiting: 0 },
      },
    ]);
    expect((await ada.post(`${API}/${id}/test`)).status).toBe(202);
    expect(await callAll()).toHaveLength(1);
    expect((await ada.post(`${API}/${id}/restart`)).status).toBe(204);
    expect((await ada.delete(`${API}/${id}`)).status).toBe(204);
    expect((await ada.delete(`${API}/${id}`)).status).toBe(404);
  });

  it('refuse a private address, unless on a trial', async () => {
    const strict = await openSite();
    const bo = openJar(strict);
    await bo.signIn();
    for (const [typed, code] of [
      [url, 'webhook-url'],
      ['https://127.0.0.1/', 'webhook-private'],
      ['https://169.254.169.254/latest', 'webhook-private'],
    ]) {
      const answer = await bo.post(API, { url: typed });
      const { errors } = (await answer.json()) as { errors: object[] };
      expect(answer.status).toBe(422);
      expect(errors).toMatchObject([{ field: 'url', code }]);
    }
    expect(await strict.store.webhooks.list()).toEqual([]);
    await strict.close();
  });

  it('change nothing for whom the last sign-in was long ago', async () => {
    site.clock.pass(11 * 60_000);
    const answer = await ada.post(API, { url });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      403,
      'sign-in-stale',
    ]);
    expect(await (await ada.get(PAGE)).text()).not.toContain('name="url"');
  });
});
