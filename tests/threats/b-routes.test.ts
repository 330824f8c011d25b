import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Ask, ask } from '../support/http.ts';
import { approve, type Staff, sendPhoto, signIn } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { listRoutes, type Route } from '../support/routes.ts';
import { type Service, startService } from '../support/service.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];
let service: Service;
let staff: Staff;
let routes: Route[];
/** A photo that waits, and one that is public. */
let pending: string;
let shown: string;
let requests = 0;

beforeAll(async () => {
  routes = await listRoutes();
  service = await startService();
  staff = await signIn(service);
  pending = await send(1);
  shown = await send(2);
  expect((await approve(staff, shown, 2)).status).toBe(200);
});
afterAll(() => service?.dispose());

it('lists the routes of the contract', () => {
  const table = routes.map(({ method, url }) => `${method} ${url}`);
  expect(table).toContain('POST /api/v1/submissions');
  expect(table).toContain('GET /photos/:id/:file');
  expect(table).toContain('POST /api/v1/moderation/submissions/:id/approval');
  console.info(`${table.length} routes`);
});

describe('odd requests', () => {
  it('B14 of a wrong method are 404 or 405 on every route', async () => {
    const declared = new Set(routes.map(({ method, url }) => `${method} ${url}`));
    const wrong: string[] = [];
    for (const url of new Set(routes.map((route) => route.url))) {
      for (const method of METHODS) {
        if (declared.has(`${method} ${url.replace(/(.)\/$/, '$1')}`) || url === '*') continue;
        if (isAnother(method, url)) continue;
        const { status } = await call(fill(url, shown), { method });
        // A browser's preflight is answered where any site may read.
        const fits = method === 'OPTIONS' ? [204, 400, 404, 405] : [404, 405];
        if (!fits.includes(status)) wrong.push(`${method} ${url} ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  /** Where an id may stand, a word may stand as well: `/passkeys/options` is one for DELETE. */
  function isAnother(method: string, path: string): boolean {
    return routes.some(
      ({ method: other, url }) =>
        other === method &&
        url.includes('/:') &&
        new RegExp(`^${url.replace(/:\w+/g, '[^/]+')}$`).test(path),
    );
  }

  const bodies: Ask[] = [
    {},
    { headers: { 'content-type': 'application/json' }, body: 'null' },
    { headers: { 'content-type': 'application/json' }, body: '"text"' },
    { headers: { 'content-type': 'application/json' }, body: '-1' },
    { headers: { 'content-type': 'application/json' }, body: 'true' },
    { headers: { 'content-type': 'application/json' }, body: '{"version": -1}' },
    { headers: { 'content-type': 'application/json' }, body: '"\\ud800"' },
    { headers: { 'content-type': 'application/json' }, body: '[[]]' },
    { headers: { 'content-type': 'application/json' }, body: '{' },
    { headers: { 'content-type': 'application/json' }, body: '' },
    { headers: { 'content-type': 'application/json' }, body: '{"__proto__": {"a": 1}}' },
    { headers: { 'content-type': 'application/json' }, body: '['.repeat(10_000) },
    { headers: { 'content-type': 'application/json' }, body: '{"version": 1e400}' },
    { headers: { 'content-type': 'application/json' }, body: `"${'x'.repeat(100_000)}"` },
    {
      headers: { 'content-type': 'application/json' },
      body: '{"receipt": 7, "token": [], "email": {}}',
    },
    { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: '' },
    {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'receipt=a&receipt=b&email=c&email=d&token=1&token=2&pick=x&pick=y',
    },
    {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'receipt[a]=1&__proto__=2&%ff=%',
    },
    { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x--' },
    { headers: { 'content-type': 'text/plain' }, body: 'receipt=1' },
    { headers: { 'content-type': 'application/xml', 'content-encoding': 'gzip' }, body: '<a/>' },
    { headers: { 'content-type': 'x'.repeat(5_000) }, body: 'a' },
  ];

  it('B10 B16 with any body are never answered 5xx, to strangers and to staff', async () => {
    const wrong: string[] = [];
    const changing = routes.filter(({ method }) => ['POST', 'PATCH', 'DELETE'].includes(method));
    const signedIn = { cookie: staff.cookie, 'x-csrf-token': staff.csrf };
    for (const { method, url } of changing) {
      // Signing out would end what the test stands on; the links have a limit of their own.
      const kept = method !== 'DELETE' && !url.endsWith('sign-out');
      for (const who of kept ? [{}, signedIn] : [{}]) {
        for (const { headers, ...rest } of bodies) {
          const asked = { method, headers: { ...headers, ...who }, ...rest };
          const answer = await call(fill(url, shown), asked);
          if (answer.status >= 500 || !isTold(answer)) {
            wrong.push(`${method} ${url} ${JSON.stringify(asked).slice(0, 150)} ${answer.status}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('B15 with unknown values in the query are refused, never answered 5xx', async () => {
    const refused = [
      ...['participant=people', 'limit=0', 'limit=101', 'limit=x', 'limit=1.5', 'limit=1&limit=2'],
      ...['cursor=x', 'cursor=', 'cursor=%00', 'embassy=a&embassy=b', `city=${'x'.repeat(201)}`],
    ];
    for (const query of refused) {
      for (const path of ['/api/v1/gallery', '/gallery']) {
        const { status } = await call(`${path}?${query}`);
        // An empty cursor is the first page's.
        const expected = query === 'cursor=' ? 200 : 400;
        expect(status, `${path}?${query}`).toBe(expected);
      }
    }
    for (const query of ['state=lost', 'limit=0', 'cursor=x', 'state=waiting&state=waiting']) {
      const { status } = await staff.get(`/api/v1/moderation/submissions?${query}`);
      expect(status, query).toBe(400);
    }
    for (const path of ['/', '/send', '/receipt', '/gallery', '/moderation/sign-in', '/docs']) {
      for (const query of [
        '?lang=a&lang=b',
        '?token=a&token=b',
        '?embassy=a&embassy=b',
        '?%ff',
        '?a[b]=c',
      ]) {
        expect((await call(path + query)).status, path + query).toBeLessThan(500);
      }
    }
  });

  it('B15 H10 for strange addresses are 4xx', async () => {
    const id = pending;
    const paths = [
      ...[
        '/%',
        '/%00',
        '/%ff',
        '/..%2f..%2fetc/passwd',
        '//evil.example/',
        '/assets/../package.json',
      ],
      ...['/assets/%2e%2e/%2e%2e/package.json', '/assets/..%5c..%5cpackage.json', '/assets/'],
      ...['/photos/..%2f..%2fprivate/x', '/photos/%2e%2e/private', `/photos/${id}/`, '/uploads/'],
      ...[`/gallery/${id}.css`, `/api/v1/gallery/${id}%0a`, `/api/v1/gallery/${'x'.repeat(300)}`],
      ...[
        '/api/v1/receipt/7K3M',
        '/docs/static/../../package.json',
        '/.env',
        '/data.db',
        '/metrics',
      ],
      ...[`/${'x'.repeat(14_000)}`, '/docs/static/%2e%2e%2findex.js', '/api/v1', '/api'],
    ];
    for (const path of paths) {
      const { status } = await call(path);
      expect(status, path).toBeGreaterThanOrEqual(400);
      expect(status, path).toBeLessThan(500);
    }
  });
});

describe('a cursor', () => {
  it('B15 leads on, and is refused once anything in it is changed', async () => {
    expect((await approve(staff, await send(5), 2)).status).toBe(200);
    await send(6);
    const lists: [string, (path: string) => Promise<{ status: number; text: string }>][] = [
      ['/api/v1/gallery?limit=1', call],
      ['/gallery?limit=1', call],
      ['/api/v1/moderation/submissions?limit=1', asStaff],
      ['/api/v1/moderation/log?limit=1', asStaff],
    ];
    for (const [list, get] of lists) {
      const { text } = await get(list);
      const [, cursor = ''] =
        /"nextCursor":"([^"]+)"|cursor=([\w-]+)/.exec(text)?.filter(Boolean) ?? [];
      expect(cursor.length, list).toBeGreaterThan(20);
      expect((await get(`${list}&cursor=${cursor}`)).status).toBe(200);
      const tampered = [...cursor].map((char, i) => {
        const other = char === 'A' ? 'B' : 'A';
        return cursor.slice(0, i) + other + cursor.slice(i + 1);
      });
      tampered.push(`${cursor}A`, `${cursor}=`, `${cursor}!`, ` ${cursor}`, cursor.slice(0, -1));
      for (const changed of tampered) {
        const { status } = await get(`${list}&cursor=${encodeURIComponent(changed)}`);
        expect(status, `${list} ${changed}`).toBe(400);
      }
    }
    const { nextCursor } = JSON.parse((await call('/api/v1/gallery?limit=1')).text);
    const elsewhere = await asStaff(`/api/v1/moderation/submissions?cursor=${nextCursor}`);
    expect(elsewhere.status).toBe(400);
  });
});

it('B10 B14 B15 have by now been asked with more than 2,500 hostile requests', () => {
  console.info(`${requests} requests`);
  expect(requests).toBeGreaterThanOrEqual(2_500);
});

async function send(seed: number): Promise<string> {
  const response = await sendPhoto(service, await photo({ seed }));
  expect(response.status).toBe(201);
  return (await response.json()).id;
}

function call(path: string, options: Ask = {}): Promise<Answer> {
  requests += 1;
  return ask(service.url + path, options);
}

function asStaff(path: string): Promise<Answer> {
  return call(path, { headers: { cookie: staff.cookie } });
}

function fill(url: string, id: string): string {
  return url
    .replace(':id', id)
    .replace(':file', '480.jpg')
    .replace(':side', '480')
    .replace('*', 'x');
}

/** An error says what is wrong, as a problem document or as a page. */
function isTold({ status, headers }: Answer): boolean {
  const told = ['application/problem+json', 'text/html; charset=utf-8'];
  return status < 400 || told.includes(headers['content-type'] ?? '');
}
