import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Planted } from '../support/plant.ts';
import { showPhotos } from '../support/show.ts';
import { openSite, type Site } from '../support/site.ts';

const OWN = 'http://localhost:3000';
const MOST_BYTES = 12 * 1024;
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

let site: Site;
let photos: Planted[];
let gone: Planted;

beforeAll(async () => {
  site = await openSite();
  photos = await showPhotos(site, 4);
  gone = photos.pop() as Planted;
  const headers = { authorization: `Bearer ${gone.receipt}` };
  const { status } = await fetch(`${site.url}/api/v1/receipt`, { method: 'DELETE', headers });
  expect(status).toBe(204);
});
afterAll(() => site?.close());

const idOf = (photo: Planted | undefined) => photo?.id ?? '';

describe('/embed.js', () => {
  it('is one small script that any site may load, and knows no other host', async () => {
    const response = await site.get('/embed.js');
    const text = await response.text();
    expect(gzipSync(text).length).toBeLessThan(MOST_BYTES);
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('public, max-age=300, must-revalidate');
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(text).not.toMatch(/https?:\/\/|document\.cookie|localStorage|sendBeacon|\beval\b/);
    expect(text).toBe(
      readFileSync(new URL('../../dist/web/embed/embed.js', import.meta.url), 'utf8'),
    );
  });
});

describe('/embed', () => {
  it('is the only page that frames of other sites may show', async () => {
    const frame = await site.get('/embed?limit=2&layout=strip&theme=dark');
    expect(frame.headers.get('content-security-policy')).toContain('frame-ancestors *');
    expect(frame.headers.get('x-frame-options')).toBeNull();
    for (const path of ['/', '/gallery', '/embed/kit', '/send', `/gallery/${idOf(photos[0])}`]) {
      const { headers } = await site.get(path);
      expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'");
      expect(headers.get('x-frame-options'), path).toBe('DENY');
    }
  });

  it('shows what was asked for, page by page, in its language', async () => {
    const html = await (await site.get('/embed?limit=2&layout=strip&theme=dark&lang=de')).text();
    expect(html).toContain('<html lang="de"');
    expect(html).toContain('data-theme="dark"');
    expect(html).toContain('data-layout="strip"');
    expect(html.match(/<img /g)).toHaveLength(2);
    const next = /rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await (await site.get(next)).text();
    expect(second.match(/<img /g)).toHaveLength(1);
    expect(second).toContain('data-theme="dark"');
    const links = [...html.matchAll(/<a [^>]+>/g)].map(([tag]) => tag);
    const away = links.filter((tag) => !tag.includes('rel="next"'));
    expect(away.filter((tag) => !/target="_blank" rel="noopener"/.test(tag))).toEqual([]);
  });

  it('shows one photo, and says so where it was taken back', async () => {
    const one = await site.get(`/embed?photo=${idOf(photos[0])}`);
    expect((await one.text()).match(/<img /g)).toHaveLength(1);
    const taken = await site.get(`/embed?photo=${gone.id}`, { accept: 'text/html' });
    expect(taken.status).toBe(410);
    expect(taken.headers.get('content-security-policy')).toContain('frame-ancestors *');
    expect(await taken.text()).not.toContain('<img ');
    expect((await site.get(`/embed?photo=${UNKNOWN}`)).status).toBe(404);
  });
});

describe('/oembed', () => {
  const ask = (query: Record<string, string>) => site.get(`/oembed?${new URLSearchParams(query)}`);

  it('answers for the gallery, an embassy and a photo with a frame that fits', async () => {
    const addresses = {
      [`${OWN}/`]: 'limit=12',
      [`${OWN}/gallery?country=AT&lang=de`]: 'country=AT&amp;limit=12&amp;lang=de',
      [`${OWN}/embassies/embassy-vienna`]: 'embassy=embassy-vienna&amp;limit=12',
      [`${OWN}/gallery/${idOf(photos[0])}`]: `photo=${idOf(photos[0])}`,
    };
    for (const [url, query] of Object.entries(addresses)) {
      const response = await ask({ url, maxwidth: '400', maxheight: '300', format: 'json' });
      expect(response.status, url).toBe(200);
      const answer = await response.json();
      expect(answer).toMatchObject({ version: '1.0', type: 'rich', cache_age: 300, width: 400 });
      expect(answer.height).toBeLessThanOrEqual(300);
      expect(answer.html).toMatch(
        /^<iframe src="[^"]+" title="[^"]+" width="400" height="\d+"[^<]*><\/iframe>$/,
      );
      expect(answer.html).toContain(`src="${OWN}/embed?${query}"`);
    }
  });

  it('knows nothing of other sites, other pages and what is not shown', async () => {
    const nothing = [
      ...['https://evil.example/gallery', `${OWN}.evil.example/gallery`, 'gallery', `${OWN}/send`],
      ...[`${OWN}/gallery/${gone.id}`, `${OWN}/gallery/${UNKNOWN}`, `${OWN}/embassies/nowhere`],
      ...[`http://user@localhost:3001/gallery`, `${OWN}/gallery/a/b`, 'javascript:alert(1)', ''],
    ];
    for (const url of nothing) expect((await ask({ url })).status, url).toBe(404);
    expect((await ask({})).status).toBe(400);
    const xml = await ask({ url: `${OWN}/gallery`, format: 'xml' });
    expect(xml.status).toBe(501);
    expect((await xml.json()).detail).toMatch(/JSON/);
  });

  it('is found from the pages it answers for', async () => {
    const paths = [
      '/gallery?country=AT',
      `/gallery/${idOf(photos[0])}`,
      '/embassies/embassy-vienna',
    ];
    for (const path of paths) {
      const html = await (await site.get(path)).text();
      const href = /type="application\/json\+oembed"[^>]* href="([^"]+)"/.exec(html)?.[1];
      const found = await site.get(href?.replaceAll('&amp;', '&').replace(OWN, '') ?? '/nowhere');
      expect(found.status, path).toBe(200);
    }
    const gallery = await (await site.get('/gallery?country=AT')).text();
    expect(gallery).toContain(
      `type="application/rss+xml" title="Compete 4 Equality" href="${OWN}/gallery.rss?country=AT"`,
    );
    expect(gallery).toContain(`href="${OWN}/gallery.json?country=AT"`);
  });
});

describe('/embed/kit', () => {
  const check = (pasted: string) =>
    fetch(`${site.url}/embed/kit`, { method: 'POST', body: new URLSearchParams({ pasted }) });

  it('makes snippets of what was chosen', async () => {
    const html = await (
      await site.get('/embed/kit?country=AT&limit=2&theme=dark&layout=strip&language=az')
    ).text();
    const codes = [...html.matchAll(/<textarea[^>]*>([^<]*)/g)].map(([, code = '']) =>
      code
        .replaceAll('&lt;', '<')
        .replaceAll('&quot;', '"')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&'),
    );
    const [element = '', frame = '', rss, json, plain = ''] = codes;
    expect(element).toContain(`<script src="${OWN}/embed.js" async`);
    expect(element).toContain(
      '<photo-gallery country="AT" limit="2" lang="az" theme="dark" layout="strip">',
    );
    expect(frame).toContain(`<iframe src="${OWN}/embed?country=AT&amp;lang=az&amp;limit=2`);
    expect(frame).toContain('addEventListener("message"');
    expect(rss).toBe(`${OWN}/gallery.rss?country=AT&lang=az&limit=2`);
    expect(json).toBe(`${OWN}/gallery.json?country=AT&lang=az&limit=2`);
    expect(
      plain.match(
        /<p><a href="[^"]+"><img src="[^"]+" alt="[^"]+" width="\d+" height="\d+"\/><\/a><\/p>/g,
      ),
    ).toHaveLength(2);
  });

  it('tells what of a pasted page was taken back, whatever else is in it', async () => {
    const page = `<html>${idOf(photos[0]).toUpperCase()} <img src="${OWN}/photos/${gone.id}/480.jpg">
      ${gone.id} ${UNKNOWN} <script>alert(1)</script>`;
    const response = await check(page);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const html = await response.text();
    const fates = [...html.matchAll(/<code>([\w-]{36})<\/code>(?:<\/a>)? <strong>([^<]+)/g)];
    expect(fates.map(([, id, fate]) => [id, fate])).toEqual([
      [gone.id, 'was withdrawn'],
      [UNKNOWN, 'is not in the gallery'],
      [idOf(photos[0]), 'is shown'],
    ]);
    expect(html).not.toContain('<script>alert');
  });

  it('opens no address, and says what to paste instead', async () => {
    const html = await (await check('https://site.example/our-page')).text();
    expect(html).toContain('None of our photos is in this text.');
    const many = Array.from(
      { length: 600 },
      (_, at) => UNKNOWN.slice(0, -3) + String(at).padStart(3, '0'),
    );
    expect(await (await check(many.join(' '))).text()).toContain('Only the first 500 photos');
  });
});
