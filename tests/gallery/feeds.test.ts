import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entryOf } from '../../src/gallery/embed/entries.ts';
import type { Feed } from '../../src/gallery/embed/feed.ts';
import { jsonFeedOf } from '../../src/gallery/embed/json-feed.ts';
import { rssOf } from '../../src/gallery/embed/rss.ts';
import { sayIn } from '../../src/i18n/say.ts';
import { galleryItem } from '../pages/samples.ts';
import { type Chromium, hasChromium, openChromium } from '../support/chromium.ts';
import { HOSTILE_COUNT, hostileStrings } from '../support/hostile.ts';
import { plantRows } from '../support/rows.ts';
import { readRss } from '../support/rss.ts';
import { openSite, type Site } from '../support/site.ts';

const OWN = 'http://localhost:3000';
/** The first of a month, as RFC 822 has it: no feed knows a time finer than that. */
const MONTH = /^[A-Z][a-z]{2}, 01 [A-Z][a-z]{2} \d{4} 00:00:00 GMT$/;

let site: Site;
let ids: string[];

beforeAll(async () => {
  site = await openSite();
  const strings = hostileStrings();
  const texts = strings.map((city, at) => ({
    city,
    name: strings.at(at - 1) ?? null,
    message: strings.at(at - 2) ?? null,
  }));
  ids = await plantRows(site, texts);
}, 60_000);
afterAll(() => site?.close());

async function pages(path: string, next: (text: string) => string | undefined): Promise<string[]> {
  const found: string[] = [];
  for (let url: string | undefined = `${path}?limit=100`; url; ) {
    const response = await site.get(url);
    expect(response.status).toBe(200);
    const text = await response.text();
    found.push(text);
    url = next(text)?.replace(OWN, '');
  }
  return found;
}

describe(`feeds with ${HOSTILE_COUNT} hostile strings as city, name and message`, () => {
  it('C1 C13 are JSON Feed 1.1 to the last page', async () => {
    const feeds = (await pages('/gallery.json', (text) => JSON.parse(text).next_url)).map(
      (text) => {
        expect(text.isWellFormed()).toBe(true);
        return JSON.parse(text);
      },
    );
    for (const feed of feeds) {
      expect(feed.version).toBe('https://jsonfeed.org/version/1.1');
      expect(feed.title).toMatch(/./);
      for (const url of [feed.home_page_url, feed.feed_url]) expect(url).toMatch(/^http:\/\/local/);
    }
    const items = feeds.flatMap((feed) => feed.items);
    expect(new Set(items.map(({ id }) => id))).toEqual(new Set(ids.map((id) => `urn:uuid:${id}`)));
    expect(items).toHaveLength(HOSTILE_COUNT);
    for (const item of items) {
      expect(Object.keys(item).sort()).toEqual(
        ['content_html', 'date_published', 'id', 'image', 'summary', 'title', 'url'].sort(),
      );
      expect(item.date_published).toBe('2026-11-01T00:00:00.000Z');
      expect(item.url).toMatch(/^http:\/\/localhost:3000\/gallery\/[\w-]{36}$/);
      expect(item.content_html.replace(/<\/?(p|a|img|br)\b[^<>]*>/g, '')).not.toMatch(/[<>]/);
    }
  });

  describe.skipIf(!hasChromium)('in a browser', () => {
    let browser: Chromium;

    beforeAll(async () => {
      browser = await openChromium();
      await browser.page.goto(`${site.url}/health/live`);
    });
    afterAll(() => browser?.close());

    it('C1 C14 are well-formed RSS 2.0 with nothing in them but links, pictures and words', async () => {
      const xml = await pages('/gallery.rss', (text) =>
        /rel="next" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&'),
      );
      const feeds = await Promise.all(xml.map((text) => readRss(browser.page, text)));
      const items = feeds.flatMap((feed) => feed.items);
      expect(feeds.flatMap((feed) => feed.problems)).toEqual([]);
      expect(new Set(items.map(({ guid }) => guid)).size).toBe(HOSTILE_COUNT);
      for (const { pubDate, addresses } of items) {
        expect(pubDate).toMatch(MONTH);
        expect(addresses.filter((address) => !address.startsWith(`${OWN}/`))).toEqual([]);
      }
      for (const { channel } of feeds) {
        expect(channel.link).toBe(`${OWN}/gallery`);
        expect(channel.title).toMatch(/./);
        expect(channel.description).toMatch(/./);
        expect(channel.self).toMatch(/^http:\/\/localhost:3000\/gallery\.rss\?limit=100/);
      }
      // What is said arrives as it was written, but for what no document may hold.
      const said = items.map(({ text }) => text).join('\n');
      expect(said).toContain('<script>alert(1)</script>');
      expect(said).toContain(']]]]><![CDATA[>');
      expect(said).toContain('🏳️‍🌈');
    });

    it('C14 stay well-formed with texts no database would have kept either', async () => {
      const say = sayIn('en');
      const entries = hostileStrings().map((text) =>
        entryOf(galleryItem({ city: text, name: text, message: text, alt: text }), OWN, say),
      );
      const feed: Feed = {
        title: '\ud800 <&',
        description: ']]>\0',
        language: 'en',
        home: OWN,
        self: (path) => OWN + path,
        next: undefined,
        entries,
      };
      const { problems, items } = await readRss(browser.page, rssOf(feed));
      expect(problems).toEqual([]);
      expect(items).toHaveLength(HOSTILE_COUNT);
      const json = JSON.stringify(jsonFeedOf({ ...feed, title: 'x', description: 'x' }));
      expect(json).not.toMatch(/\\ud[89a-f]|\\u00(0[0-8b-f]|1)/i);
    });
  });
});

it('answers from memory, and asks again after a withdrawal', async () => {
  for (const path of ['/gallery.rss', '/gallery.json', '/embed']) {
    const first = await site.get(path);
    const etag = first.headers.get('etag') ?? '';
    const readable = path === '/embed' ? null : '*';
    expect(first.headers.get('access-control-allow-origin')).toBe(readable);
    expect((await site.get(path, { 'if-none-match': etag })).status, path).toBe(304);
  }
});
