import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const source = readFileSync(new URL('read-rss.js', import.meta.url), 'utf8');

export interface ReadFeed {
  /** What is wrong with it by the rules of RSS 2.0. */
  problems: string[];
  channel: { title: string; link: string; description: string; self: string };
  items: {
    guid: string;
    pubDate: string;
    /** Every address in it. */
    addresses: string[];
    /** Its words, as a reader shows them. */
    text: string;
  }[];
}

/** Reads a feed as the browser does. */
export function readRss(page: Page, xml: string): Promise<ReadFeed> {
  return page.evaluate(`${source}\nreadRss(${JSON.stringify(xml)})`);
}
