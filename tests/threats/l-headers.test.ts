import { afterAll, beforeAll, expect, it } from 'vitest';
import { headerFaults } from '../support/allowed-headers.ts';
import { type Answer, type Ask, ask, fieldParts, multipart } from '../support/http.ts';
import { openInside } from '../support/inside.ts';
import { FIELDS } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import type { Planted } from '../support/plant.ts';
import { listRoutes, type Route } from '../support/routes.ts';
import { type Service, startService } from '../support/service.ts';
import { showPhotos } from '../support/show.ts';
import { talk } from '../support/socket.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];
const JSON_TYPE = { 'content-type': 'application/json' };
const FOREIGN = { origin: 'https://site.example' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

let service: Service;
let routes: Route[];
let shown: Planted;
let staff: Record<string, string>;
let clients = 0;
/** Every status that was met. */
const statuses = new Set<number>();
const faults: string[] = [];

beforeAll(async () => {
  routes = await listRoutes();
  service = await startService({
    PUBLIC_URL: 'https://photos.example.org',
    TRUST_PROXY: '127.0.0.1',
  });
  await service.stop();
  const inside = await openInside({ folder: service.folder });
  [shown] = (await showPhotos(inside, 1)) as [Planted];
  await inside.close();
  await service.restart();
  staff = await signIn();
});
afterAll(() => service?.dispose());

/** A call through the trusted proxy, each as another client, so that no limit is in the way. */
async function call(path: string, { headers, ...rest }: Ask = {}): Promise<Answer> {
  const client = `203.0.${++clients >> 8}.${clients & 255}`;
  const proxied = { 'x-forwarded-proto': 'https', 'x-forwarded-for': client, ...headers };
  const answer = await ask(service.url + path, { headers: proxied, ...rest });
  statuses.add(answer.status);
  const found = headerFaults(path, answer);
  faults.push(...found.map((each) => `${rest.method ?? 'GET'} ${path} ${answer.status} ${each}`));
  return answer;
}

/** Cookie and CSRF token of an admin. */
async function signIn(): Promise<Record<string, string>> {
  const link = await service.command('moderator', 'sign-in', 'ada@example.org');
  const body = JSON.stringify({ token: new URL(link).searchParams.get('token') });
  const { headers, text } = await call('/api/v1/session', {
    method: 'POST',
    headers: JSON_TYPE,
    body,
  });
  const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
  return { cookie, 'x-csrf-token': JSON.parse(text).csrfToken };
}

function pathOf(url: string): string {
  return url
    .replace(/^\*$/, '/nowhere')
    .replace(':id', shown.id)
    .replace(':slug', 'embassy-vienna')
    .replace(':file', '480.jpg')
    .replace(':side', '480')
    .replace('*', 'x');
}

it('L1 E11 every route answers every method with the headers it should have, and no others', async () => {
  const { cookie = '' } = staff;
  for (const url of new Set(routes.map((route) => route.url))) {
    for (const method of METHODS) {
      // The stream has no end; its headers are below.
      const endless = method === 'GET' && url.endsWith('/events');
      await call(pathOf(url), { method });
      if (method === 'GET' || method === 'POST') {
        await call(pathOf(url), { method, headers: { ...FOREIGN, accept: 'text/html' } });
        if (!endless) await call(pathOf(url), { method, headers: { cookie } });
      }
    }
  }
  expect(faults.splice(0)).toEqual([]);
});

it('L1 so do answers of every status, whoever gives them', async () => {
  const image = `/photos/${shown.id}/480.jpg`;
  const { body, headers } = multipart([
    ...fieldParts(FIELDS),
    { name: 'photo', value: await photo(), filename: 'a.jpg' },
  ]);
  const post = (path: string, type: Record<string, string>, text: string | Buffer) =>
    call(path, { method: 'POST', headers: type, body: text });
  for (const path of [image, '/', '/api/v1/gallery']) {
    const { etag = '' } = (await call(path)).headers;
    expect((await call(path, { headers: { 'if-none-match': etag } })).status).toBe(304);
  }
  const { text } = await post('/api/v1/submissions', headers, body);
  const authorization = `Bearer ${JSON.parse(text).receipt}`;
  await call('/api/v1/receipt', { method: 'DELETE', headers: { authorization } });
  await call(`/api/v1/gallery/${JSON.parse(text).id}`);
  await call(image, { headers: { range: 'bytes=0-9' } });
  await call(image, { headers: { range: 'bytes=99999999-' } });
  await call('/api/v1/gallery', { headers: { 'accept-encoding': 'br' } });
  await call('/embed?photo=x');
  await call('/%');
  await call(`/${'x'.repeat(300)}`);
  await post('/api/v1/session', JSON_TYPE, '{');
  await post('/api/v1/session', { 'content-type': 'text/x' }, 'x');
  await post('/api/v1/session', JSON_TYPE, 'x'.repeat(70_000));
  await post('/api/v1/submissions', headers, multipart([]).body);
  await post('/send', { ...headers, accept: 'text/html' }, multipart([]).body);
  await post('/receipt', FORM, 'receipt=x');
  await post('/receipt', { ...FORM, 'sec-fetch-site': 'cross-site' }, 'receipt=x');
  const one = { ...JSON_TYPE, 'x-forwarded-for': '198.51.100.9' };
  for (let time = 0; time < 21; time++) await post('/api/v1/session', one, '{"token":"x"}');
  const order = JSON.stringify({ version: 1, reason: 'no-flag' });
  const rejection = `/api/v1/moderation/submissions/${shown.id}/rejection`;
  await post(rejection, { ...JSON_TYPE, ...staff }, order);
  expect(faults.splice(0)).toEqual([]);
  const wanted = [200, 201, 204, 206, 303, 304, 400, 401, 403, 404, 409, 410, 413, 415, 416, 422];
  expect([...statuses]).toEqual(expect.arrayContaining([...wanted, 429]));
});

it('L1 the stream of changes has them as well', async () => {
  const headers = { cookie: staff.cookie ?? '', 'x-forwarded-proto': 'https' };
  const stream = await fetch(`${service.url}/api/v1/moderation/events`, { headers });
  const answer = { status: stream.status, headers: Object.fromEntries(stream.headers) };
  await stream.body?.cancel();
  expect(headerFaults('/api/v1/moderation/events', answer as Answer)).toEqual([]);
});

it('L1 L3 what is no HTTP is told so in a line, without a word about the program', async () => {
  for (const wrong of ['GET / HTTP/9\r\n\r\n', 'X\r\n\r\n', 'GET / HTTP/1.1\r\nA\0: b\r\n\r\n']) {
    const { answer, status } = await talk(service.url, [wrong]);
    expect(status).toBe(400);
    expect(answer).toContain("Content-Security-Policy: default-src 'none'");
    expect(answer).toContain('X-Content-Type-Options: nosniff');
    expect(answer).toMatch(/\{"type":"about:blank","title":"Bad Request","status":400\}$/);
    expect(answer).not.toMatch(/HPE|parse|node|fastify|server:/i);
  }
  const { status } = await talk(service.url, [
    `GET / HTTP/1.1\r\nA: ${'x'.repeat(80_000)}\r\n\r\n`,
  ]);
  expect(status).toBe(431);
});

it('E21 a sign-out empties the browser and says so under https, and no private page is kept', async () => {
  for (const path of ['/moderation', '/moderation/account', '/moderation/sign-in']) {
    const { headers } = await call(path, { headers: { cookie: staff.cookie ?? '' } });
    expect(headers['cache-control'], path).toBe('no-store');
  }
  const out = await call('/moderation/sign-out', {
    method: 'POST',
    headers: { ...FORM, ...staff },
    body: '',
  });
  expect(out.status).toBe(303);
  expect(out.headers['clear-site-data']).toBe('"cache", "cookies", "storage"');
  const again = await call('/moderation', { headers: { cookie: staff.cookie ?? '' } });
  expect(again.headers.location).toBe('/moderation/sign-in');
  expect(faults).toEqual([]);
});
