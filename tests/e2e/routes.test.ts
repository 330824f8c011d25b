import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Ask, ask } from '../support/http.ts';
import { approve, reject, type Staff, sendPhoto, signIn, withReceipt } from '../support/people.ts';
import { photo, truncated } from '../support/pictures.ts';
import { listRoutes, type Route } from '../support/routes.ts';
import { type Service, startService } from '../support/service.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];
/** What a service may say to somebody who has no business here. */
const CLOSED = [303, 401, 403, 404, 410];
const NAMES = [480, 960, 1920].flatMap((side) => [`${side}.jpg`, `${side}.avif`]);
const GUESSES = [
  ...[...NAMES, '480', '960', '1920', '480.jpeg', '480.webp', '480.png', '2560.jpg'],
  ...['original', 'master', 'photo.jpg', 'preview.jpg', 'original.jpg', 'index.html', '.'],
  ...['..%2f', '%2e%2e%2fprivate', '480.jpg%00', '480.JPG', '480.jpg.part', '*', ''],
];

let service: Service;
let staff: Staff;
let routes: Route[];
/** Ids of submissions nobody outside may see, by state. */
const hidden: Record<string, string> = {};
let shown: string;

beforeAll(async () => {
  routes = await listRoutes();
  service = await startService();
  staff = await signIn(service);
  hidden.pending = (await send(1)).id;
  const rejected = await send(2);
  hidden.rejected = rejected.id;
  expect((await reject(staff, rejected.id, 2)).status).toBe(200);
  hidden.refused = await refusedId();
  const withdrawn = await send(3);
  hidden.withdrawn = withdrawn.id;
  expect((await approve(staff, withdrawn.id, 2)).status).toBe(200);
  expect((await withReceipt(service, withdrawn.receipt, 'DELETE')).status).toBe(204);
  hidden.unknown = '00000000-0000-4000-8000-000000000000';
  shown = (await send(4)).id;
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

describe('a photo that is not public', () => {
  it('is closed to outsiders on every route that takes an id', async () => {
    const withId = routes.filter(({ url }) => url.includes(':id'));
    expect(withId.length).toBeGreaterThan(10);
    const open: string[] = [];
    for (const [state, id] of Object.entries(hidden)) {
      for (const { method, url } of withId) {
        const files = url.includes(':file') ? NAMES : ['480'];
        for (const file of files) {
          const path = url.replace(':id', id).replace(/:(file|side)/, file);
          const { status, body } = await call(path, { method });
          if (!CLOSED.includes(status) || isPicture(body)) open.push(`${state} ${path} ${status}`);
        }
      }
    }
    expect(open).toEqual([]);
  });

  it('has no file under any name one could guess', async () => {
    const open: string[] = [];
    for (const [state, id] of Object.entries({ ...hidden, shown })) {
      const places = [`/photos/${id}`, `/photos/${id.toUpperCase()}`, `/uploads/public/${id}`];
      places.push(`/uploads/private/${id.slice(0, 2)}/${id}`, `/assets/${id}`, `/public/${id}`);
      for (const guess of GUESSES) {
        for (const path of places.flatMap((place) => [`${place}/${guess}`, `${place}.${guess}`])) {
          const { status, body } = await call(path);
          const listed = state === 'shown' && path.startsWith(`/photos/${id}/`);
          if (listed && NAMES.includes(guess)) continue;
          if (![400, 404, 410].includes(status) || isPicture(body)) open.push(`${path} ${status}`);
        }
      }
    }
    expect(open).toEqual([]);
  });

  it('answers 410 after a withdrawal, 404 before approval, in the same words for every state', async () => {
    const bodies = new Map<string, string>();
    for (const [state, id] of Object.entries(hidden)) {
      const { status, text } = await call(`/api/v1/gallery/${id}`);
      expect(status, state).toBe(state === 'withdrawn' ? 410 : 404);
      bodies.set(state, text);
    }
    for (const state of ['rejected', 'refused', 'unknown']) {
      expect(bodies.get(state)).toBe(bodies.get('pending'));
    }
  });
});

describe('staff routes', () => {
  it('say no to strangers, whatever they send', async () => {
    const desk = routes.filter(({ url }) =>
      /^(\/api\/v1)?\/moderation(?!\/(sign-in|session|mails\/stop))/.test(url),
    );
    expect(desk.length).toBeGreaterThan(15);
    const open: string[] = [];
    for (const { method, url } of desk) {
      const path = fill(url, hidden.pending ?? '');
      for (const headers of [{}, { cookie: 'session=x.y' }, { 'x-csrf-token': 'x' }]) {
        const { status } = await call(path, { method, headers });
        if (![303, 401, 403].includes(status)) open.push(`${method} ${path} ${status}`);
      }
    }
    expect(open).toEqual([]);
  });

  it('change nothing without the CSRF token', async () => {
    const changing = routes.filter(({ method, url }) => method === 'POST' && url.includes(':id'));
    expect(changing.length).toBeGreaterThan(7);
    for (const { url } of changing) {
      const headers = { cookie: staff.cookie, 'content-type': 'application/json' };
      const body = JSON.stringify({ version: 2, reason: 'other', criteria: {} });
      const path = fill(url, hidden.pending ?? '');
      expect((await call(path, { method: 'POST', headers, body })).status, path).toBe(403);
    }
  });
});

describe('odd requests', () => {
  it('of a wrong method are 404 or 405 on every route', async () => {
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

  it('with any body are never answered 5xx, to strangers and to staff', async () => {
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

  it('with unknown values in the query are refused, never answered 5xx', async () => {
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

  it('for strange addresses are 4xx', async () => {
    const id = hidden.pending;
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
  it('leads on, and is refused once anything in it is changed', async () => {
    const other = await send(5);
    expect((await approve(staff, other.id, 2)).status).toBe(200);
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

describe('errors', () => {
  it('are RFC 9457 to programs and pages to people', async () => {
    const html = { headers: { accept: 'text/html,*/*;q=0.8' } };
    for (const path of [
      '/nowhere',
      `/gallery/${hidden.pending}`,
      '/gallery?limit=0',
      '/receipt/x',
    ]) {
      const page = await call(path, html);
      expect(page.headers['content-type'], path).toBe('text/html; charset=utf-8');
      expect(page.text).toMatch(/<h1>[^<]+<\/h1>/);
      expect(page.headers['cache-control']).toBe('no-store');
      expect((await call(path)).headers['content-type']).toBe('application/problem+json');
    }
    for (const path of [
      '/api/v1/nowhere',
      `/api/v1/gallery/${hidden.pending}`,
      '/api/v1/receipt',
    ]) {
      const { status, headers, text } = await call(path, html);
      expect(headers['content-type'], path).toBe('application/problem+json');
      const problem = JSON.parse(text);
      expect(problem).toMatchObject({ status, code: expect.stringMatching(/^[a-z-]+$/) });
      expect(problem.type).toMatch(/^[a-z]+:/);
      expect(problem.title.length * problem.detail.length).toBeGreaterThan(0);
    }
  });
});

async function send(seed: number): Promise<{ id: string; receipt: string }> {
  const response = await sendPhoto(service, await photo({ seed }));
  expect(response.status).toBe(201);
  return response.json();
}

/** A broken photo is refused in the answer; its id stands in the queue of the refused. */
async function refusedId(): Promise<string> {
  const response = await sendPhoto(service, truncated(await photo({ seed: 9 }), 0.5));
  expect(response.status).toBe(422);
  const { items } = JSON.parse(
    (await asStaff('/api/v1/moderation/submissions?state=refused')).text,
  );
  return items[0].id;
}

function call(path: string, options: Ask = {}): Promise<Answer> {
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

function isPicture(body: Buffer): boolean {
  return body.includes(Buffer.from([0xff, 0xd8, 0xff])) || body.includes('ftypavif');
}

/** An error says what is wrong, as a problem document or as a page. */
function isTold({ status, headers }: Answer): boolean {
  const told = ['application/problem+json', 'text/html; charset=utf-8'];
  return status < 400 || told.includes(headers['content-type'] ?? '');
}
