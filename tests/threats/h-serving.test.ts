import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ask, ask, eventually } from '../support/http.ts';
import { approve, sendPhoto, signIn } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { type Service, startService } from '../support/service.ts';

let service: Service;
let image: string;
let avif: string;

beforeAll(async () => {
  service = await startService();
  const staff = await signIn(service);
  const { id } = await (await sendPhoto(service, await photo())).json();
  expect((await approve(staff, id, 2)).status).toBe(200);
  const images = await eventually(async () => {
    const { text } = await call(`/api/v1/gallery/${id}`);
    const listed = (JSON.parse(text).images ?? []) as {
      url: string;
      type: string;
      width: number;
    }[];
    return listed.some(({ type }) => type === 'image/avif') && listed;
  });
  const path = (type: string) =>
    new URL(images.find((each) => each.type === type)?.url ?? '').pathname;
  image = path('image/jpeg');
  avif = path('image/avif');
});
afterAll(() => service?.dispose());

describe('a published picture', () => {
  it('H4 H11 comes with its type, its cache rule and a validator, and without a time', async () => {
    for (const [path, type] of [
      [image, 'image/jpeg'],
      [avif, 'image/avif'],
    ] as const) {
      const { status, headers, body } = await call(path);
      expect(status).toBe(200);
      expect(headers['content-type']).toBe(type);
      expect(headers['content-length']).toBe(String(body.length));
      expect(headers['cache-control']).toBe('public, max-age=300, must-revalidate');
      expect(headers.etag).toMatch(/^(W\/)?"[^"]+"$/);
      expect(headers['accept-ranges']).toBe('bytes');
      expect(headers['access-control-allow-origin']).toBe('*');
      expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers).not.toHaveProperty('last-modified');
      expect(headers).not.toHaveProperty('set-cookie');
      expect(headers).not.toHaveProperty('content-encoding');
    }
  });

  it('H4 is not sent again to who has it, and tells HEAD the same as GET', async () => {
    const { headers, body } = await call(image);
    const { etag = '' } = headers;
    for (const tags of [etag, `"other", ${etag}`, '*']) {
      const again = await call(image, { headers: { 'if-none-match': tags } });
      expect([again.status, again.body.length]).toEqual([304, 0]);
      expect(again.headers.etag).toBe(etag);
      expect(again.headers['cache-control']).toBe('public, max-age=300, must-revalidate');
    }
    expect((await call(image, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
    const asked = await call(image, { method: 'HEAD' });
    expect([asked.status, asked.body.length]).toEqual([200, 0]);
    expect({ ...asked.headers, date: '' }).toEqual({ ...headers, date: '' });
    expect(asked.headers['content-length']).toBe(String(body.length));
  });

  it('H4 comes in parts', async () => {
    const { body } = await call(image);
    for (const [range, from, to] of [
      ['0-99', 0, 100],
      ['100-', 100, body.length],
      ['-50', body.length - 50, body.length],
    ] as const) {
      const part = await call(image, { headers: { range: `bytes=${range}` } });
      expect(part.status).toBe(206);
      expect(part.headers['content-range']).toBe(`bytes ${from}-${to - 1}/${body.length}`);
      expect(part.headers['cache-control']).toBe('public, max-age=300, must-revalidate');
      expect(part.body.equals(body.subarray(from, to))).toBe(true);
    }
    const beyond = await call(image, { headers: { range: 'bytes=99999999-' } });
    expect(beyond.status).toBe(416);
    expect(JSON.parse(beyond.text).code).toBe('range-invalid');
  });

  it('H1 H10 has no other address', async () => {
    for (const path of [`${image}/`, `${image}?x=1`, image.replace('.jpg', '.JPG'), `/${image}`]) {
      const { status, headers } = await call(path);
      const known = path.endsWith('?x=1');
      expect(status, path).toBe(known ? 200 : 404);
      if (!known) expect(headers['cache-control']).toBe('no-store');
    }
  });
});

describe('public lists', () => {
  it('H7 have a validator whether they are compressed or not, and are not sent again', async () => {
    for (const path of [
      '/api/v1/gallery',
      '/api/v1/embassies',
      '/api/v1/coverage',
      '/gallery',
      '/',
    ]) {
      const tags = new Set<string>();
      for (const encoding of ['identity', 'gzip', 'br']) {
        const accept = { 'accept-encoding': encoding };
        const { status, headers } = await call(path, { headers: accept });
        expect(status).toBe(200);
        expect(headers.etag, `${path} ${encoding}`).toMatch(/^(W\/)?"[^"]+"$/);
        const rule = path.startsWith('/api') ? 'public, max-age=30, must-revalidate' : 'no-cache';
        expect(headers['cache-control']).toBe(rule);
        expect(headers.vary?.toLowerCase()).toContain('accept-language');
        if (headers['content-encoding']) {
          expect(headers.vary?.toLowerCase()).toContain('accept-encoding');
          // A strong validator names the bytes, and these are others.
          if (!headers.etag?.startsWith('W/')) expect(tags).not.toContain(headers.etag);
        }
        tags.add(headers.etag ?? '');
        const again = await call(path, {
          headers: { ...accept, 'if-none-match': headers.etag ?? '' },
        });
        expect([again.status, again.body.length], `${path} ${encoding}`).toEqual([304, 0]);
      }
    }
    expect(
      (await call('/api/v1/embassies', { headers: { 'accept-encoding': 'gzip' } })).headers[
        'content-encoding'
      ],
    ).toBe('gzip');
  });

  it('H11 are for every site to read', async () => {
    for (const path of ['/api/v1/gallery', '/api/v1/embassies', '/api/v1/coverage']) {
      const { headers } = await call(path, { headers: { origin: 'https://site.example' } });
      expect(headers['access-control-allow-origin']).toBe('*');
      expect(headers).not.toHaveProperty('set-cookie');
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    }
  });
});

describe('private answers', () => {
  it('H7 H11 H12 are kept by nobody, found by no search engine and read by no other site', async () => {
    for (const path of [
      '/send',
      '/receipt',
      '/api/v1/receipt',
      '/moderation',
      '/moderation/sign-in',
      '/api/v1/moderation/submissions',
    ]) {
      const { headers } = await call(path, { headers: { origin: 'https://site.example' } });
      expect(headers['cache-control'], path).toBe('no-store');
      expect(headers['x-robots-tag'], path).toBe('noindex, nofollow');
      expect(headers, path).not.toHaveProperty('access-control-allow-origin');
      expect(headers, path).not.toHaveProperty('etag');
    }
  });
});

it('H10 a private address with the tail of a file is nothing, and kept by nobody', async () => {
  const tails = ['/x.css', '.css', '/x.jpg', '/..%2fx.css', '%0ax.css', ';x.css'];
  for (const path of [
    '/moderation',
    '/moderation/account',
    '/receipt',
    '/send',
    '/api/v1/receipt',
  ]) {
    for (const tail of tails) {
      const { status, headers } = await call(path + tail, { headers: { accept: 'text/html' } });
      expect([status, headers['cache-control']], path + tail).toEqual([404, 'no-store']);
    }
  }
});

it('H11 what browsers ask before a script of another site is answered for public data alone', async () => {
  const origin = { origin: 'https://site.example', 'access-control-request-method': 'GET' };
  const asked = (path: string) => call(path, { method: 'OPTIONS', headers: origin });
  for (const path of ['/api/v1/gallery', '/api/v1/gallery/changes', '/gallery.json', image]) {
    const { status, headers } = await asked(path);
    expect([status, headers['access-control-allow-origin']], path).toEqual([204, '*']);
    expect(headers['access-control-allow-methods']).toBe('GET, HEAD');
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  }
  const closed = ['/', '/send', '/receipt', '/metrics', '/openapi.json', '/api/v1/receipt'];
  closed.push('/api/v1/submissions', '/api/v1/session', '/api/v1/moderation/submissions', '/x');
  for (const path of closed) {
    const { status, headers } = await asked(path);
    expect(status, path).toBe(404);
    expect(headers, path).not.toHaveProperty('access-control-allow-origin');
  }
});

function call(path: string, options: Ask = {}) {
  return ask(service.url + path, options);
}
