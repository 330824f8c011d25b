import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSite, type Site } from '../support/site.ts';
import { openLife } from '../support/submissions.ts';

const GALLERY = '/api/v1/gallery';
/** What the documentation names; nothing else may ever be added by accident. */
const ITEM = [
  ...['id', 'embassy', 'city', 'participant', 'name', 'message', 'month', 'alt'],
  ...['width', 'height', 'color', 'placeholder', 'images'],
];
const FIELDS: Record<string, string[]> = {
  [GALLERY]: [...['items', 'nextCursor', 'total', 'slug', 'country', 'url', 'type'], ...ITEM],
  [`${GALLERY}/:id`]: ['slug', 'country', 'url', 'type', ...ITEM],
  [`${GALLERY}/changes`]: ['items', 'next', 'more', 'id', 'change'],
  '/api/v1/embassies': [
    ...['items', 'slug', 'kind', 'name', 'city', 'country', 'latitude', 'longitude'],
    ...['precision', 'photos', 'counted'],
  ],
  '/api/v1/coverage': [
    ...['photos', 'counted', 'embassies', 'embassiesTotal', 'countries', 'cities', 'missing'],
  ],
};
/** A day, an hour, or seconds since 1970 in whatever unit. */
const TIME = /\d{4}-\d\d-\d\d|\d\d:\d\d|\b1[6-9]\d{8}(\d{3})?\b|\bGMT\b/;
/** Of each answer; the rest is the same whatever is answered. */
const HEADERS = [
  ...['access-control-allow-origin', 'access-control-expose-headers', 'cache-control'],
  ...['connection', 'content-encoding', 'content-length'],
  ...['content-security-policy', 'content-type'],
  ...['cross-origin-opener-policy', 'cross-origin-resource-policy', 'date', 'etag'],
  ...[
    'keep-alive',
    'origin-agent-cluster',
    'permissions-policy',
    'referrer-policy',
    'transfer-encoding',
    'vary',
  ],
  ...['x-content-type-options', 'x-dns-prefetch-control', 'x-download-options'],
  ...['x-frame-options', 'x-permitted-cross-domain-policies', 'x-ratelimit-limit'],
  ...['x-ratelimit-remaining', 'x-ratelimit-reset', 'x-xss-protection'],
];

let site: Site;
/** In the order they were sent. */
let ids: string[];
let since: string;
let calmly: string;

beforeAll(async () => {
  site = await openSite();
  const cursor = async () =>
    ((await (await site.get(`${GALLERY}/changes`)).json()) as { next: string }).next;
  since = await cursor();
  const life = openLife(site.store);
  ids = [];
  for (let i = 0; i < 24; i += 1) ids.push(await life.published());
  calmly = await cursor();
});
afterAll(() => site.close());

const pathOf = (path: string) =>
  path.endsWith('changes') ? `${path}?since=${since}` : path.replace(':id', ids[0] ?? '');

/** Each cursor is written anew; nothing changes for who is told of nothing new. */
const calm = (path: string) => pathOf(path).replace(since, calmly);

/** Names of all members, at whatever depth. */
function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)]);
}

describe.each(Object.entries(FIELDS))('%s', (path, fields) => {
  it('G14 says what is documented, and nothing more', async () => {
    const answer = await site.get(pathOf(path));
    expect(answer.status).toBe(200);
    expect(new Set(namesIn(await answer.json()))).toEqual(new Set(fields));
  });

  it('G14 tells no time finer than the month, neither in its body nor in its headers', async () => {
    for (let again = 0; again < 2; again += 1) {
      const answer = await site.get(pathOf(path));
      expect(await answer.text()).not.toMatch(TIME);
      const headers = new Map(answer.headers);
      expect([...headers.keys()].filter((name) => !HEADERS.includes(name))).toEqual([]);
      headers.delete('date');
      expect([...headers.values()].join('\n')).not.toMatch(TIME);
    }
  });

  it('H4 H11 may be read by any site, is kept for a moment, and not sent again to who has it', async () => {
    for (let again = 0; again < 2; again += 1) {
      const { headers } = await site.get(calm(path), { origin: 'https://example.org' });
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('access-control-expose-headers')).toContain('etag');
      expect(headers.get('cache-control')).toBe('public, max-age=30, must-revalidate');
      expect(headers.get('vary')?.toLowerCase()).toBe('accept-language, accept-encoding');
      expect(headers.get('set-cookie')).toBeNull();
      const etag = headers.get('etag') ?? '';
      for (const known of [etag, `"other", ${etag}`, etag.replace('W/', '')]) {
        const same = await site.get(calm(path), { 'if-none-match': known });
        expect([same.status, same.headers.get('etag'), await same.text()]).toEqual([304, etag, '']);
        expect(same.headers.get('vary')).toBe(headers.get('vary'));
      }
      expect((await site.get(calm(path), { 'if-none-match': '"other"' })).status).toBe(200);
    }
  });

  it('F1 says how many calls are left, from memory as well', async () => {
    const as = { 'x-forwarded-for': '198.51.100.7' };
    const left = async () => {
      const { headers } = await site.get(pathOf(path), as);
      expect(Number(headers.get('x-ratelimit-limit'))).toBeGreaterThan(1000);
      expect(Number(headers.get('x-ratelimit-reset'))).toBeLessThanOrEqual(60);
      return Number(headers.get('x-ratelimit-remaining'));
    };
    const first = await left();
    expect(await left()).toBe(first - 1);
  });
});

it('G13 the gallery does not follow the order of sending', async () => {
  const listed = await idsOf(GALLERY);
  expect(listed).toHaveLength(24);
  expect(listed).toEqual([...ids].sort().reverse());
  const changed = await idsOf(`${GALLERY}/changes?since=${since}`);
  expect(changed).toEqual([...ids].sort());
});

describe('sparse fields', () => {
  it.each([
    ['id', ['id']],
    ['images', ['id', 'images']],
    ['city,%20month,', ['id', 'city', 'month']],
    ['id,id,embassy', ['id', 'embassy']],
    ['', ITEM],
  ])('G14 %s', async (fields, names) => {
    const page = (await (await site.get(`${GALLERY}?fields=${fields}&limit=2`)).json()) as {
      items: object[];
      total: number;
    };
    expect(page.total).toBe(24);
    for (const item of page.items) expect(Object.keys(item).sort()).toEqual([...names].sort());
    const one = await (await site.get(`${GALLERY}/${ids[0]}?fields=${fields}`)).json();
    expect(Object.keys(one as object).sort()).toEqual([...names].sort());
  });

  it.each(['receivedAt', 'id,receiptHash', '__proto__', 'embassy.slug', 'constructor'])(
    'B8 answer in words that there is no %s',
    async (fields) => {
      for (const path of [GALLERY, `${GALLERY}/${ids[0]}`]) {
        const answer = await site.get(`${path}?fields=${fields}`, { 'accept-language': 'de' });
        expect(answer.status).toBe(400);
        expect(answer.headers.get('content-type')).toContain('application/problem+json');
        expect(await answer.json()).toMatchObject({
          code: 'fields-unknown',
          title: 'Dieses Feld gibt es nicht',
          known: expect.arrayContaining(ITEM),
        });
      }
    },
  );
});

async function idsOf(path: string): Promise<string[]> {
  const { items } = (await (await site.get(path)).json()) as { items: { id: string }[] };
  return items.map(({ id }) => id);
}
