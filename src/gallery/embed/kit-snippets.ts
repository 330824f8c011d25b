import { campaign } from '../../campaign/campaign.ts';
import type { Say } from '../../i18n/say.ts';
import type { Item } from '../items.ts';
import { addressOf } from './address.ts';
import { entryOf } from './entries.ts';
import type { KitQuery } from './options.ts';
import { elementTag, frameTag, resizeLines } from './snippets.ts';

/** The gallery for another site, in each of the ways there are. */
export interface Snippets {
  element: string;
  frame: string;
  rss: string;
  json: string;
  html: string;
  /** Address of the frame, for the preview. */
  preview: string;
}

const FRAME_HEIGHT = 640;

/** Makes the snippets for what was chosen; `items` are the photos it shows today. */
export function snippetsOf(
  publicUrl: string,
  query: KitQuery,
  items: readonly Item[],
  say: Say,
): Snippets {
  const { embassy, country, language: lang, theme, layout } = query;
  const filters = { embassy, country, lang };
  const limit = String(query.limit);
  const looks = {
    ...(theme !== 'auto' && { theme }),
    ...(layout !== 'grid' && { layout }),
  };
  const frame = { ...filters, limit, ...looks };
  const src = addressOf(publicUrl, '/embed', frame);
  const home = { href: addressOf(publicUrl, '/gallery', filters), text: campaign.name };
  return {
    element: elementTag(publicUrl, { embassy, country, limit, lang, ...looks }, home),
    frame: [
      frameTag({ src, title: campaign.name, width: '100%', height: FRAME_HEIGHT }),
      resizeLines(new URL(publicUrl).origin),
    ].join('\n'),
    rss: addressOf(publicUrl, '/gallery.rss', { ...filters, limit }),
    json: addressOf(publicUrl, '/gallery.json', { ...filters, limit }),
    html: items.map((item) => entryOf(item, publicUrl, say, lang).link).join('\n'),
    preview: addressOf('', '/embed', frame),
  };
}
