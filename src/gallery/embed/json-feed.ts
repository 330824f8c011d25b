import type { Entry } from './entries.ts';
import type { Feed } from './feed.ts';

/** A feed as JSON Feed 1.1. */
export function jsonFeedOf(feed: Feed): object {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.home,
    feed_url: feed.self('/gallery.json'),
    ...(feed.next && { next_url: feed.self('/gallery.json', feed.next) }),
    description: feed.description,
    language: feed.language,
    items: feed.entries.map(itemOf),
  };
}

function itemOf(entry: Entry): object {
  return {
    id: entry.id,
    url: entry.url,
    title: entry.title,
    content_html: entry.html,
    summary: entry.summary,
    ...(entry.image && { image: entry.image.url }),
    date_published: entry.published.toISOString(),
  };
}
