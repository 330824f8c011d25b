import type { Entry } from './entries.ts';
import type { Feed } from './feed.ts';
import { element, escaped } from './markup.ts';

const NAMESPACES = {
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:media': 'http://search.yahoo.com/mrss/',
};
/** Minutes a reader may keep the feed: a withdrawal reaches everybody in five. */
const TTL = '5';

/** A feed as RSS 2.0 with Media RSS. */
export function rssOf(feed: Feed): string {
  const channel = [
    text('title', feed.title),
    text('link', feed.home),
    text('description', feed.description),
    text('language', feed.language),
    text('ttl', TTL),
    atomLink('self', feed.self('/gallery.rss')),
    feed.next ? atomLink('next', feed.self('/gallery.rss', feed.next)) : '',
    ...feed.entries.map(itemOf),
  ].join('\n');
  const rss = element('rss', { version: '2.0', ...NAMESPACES }, element('channel', {}, channel));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${rss}\n`;
}

function itemOf(entry: Entry): string {
  return element(
    'item',
    {},
    [
      text('title', entry.title),
      text('link', entry.url),
      element('guid', { isPermaLink: 'false' }, escaped(entry.id)),
      // RFC 822, as the specification asks; JavaScript writes it so but for the name of the zone.
      text('pubDate', entry.published.toUTCString()),
      text('description', entry.html),
      ...mediaOf(entry),
    ].join(''),
  );
}

function mediaOf({ image, thumbnail }: Entry): string[] {
  if (!image || !thumbnail) return [];
  const { url, type, width, height } = image;
  const small = { url: thumbnail.url, width: thumbnail.width, height: thumbnail.height };
  return [
    element('media:content', { url, type, medium: 'image', width, height }),
    element('media:thumbnail', small),
  ];
}

function text(name: string, value: string): string {
  return element(name, {}, escaped(value));
}

function atomLink(rel: string, href: string): string {
  return element('atom:link', { rel, href, type: 'application/rss+xml' });
}
