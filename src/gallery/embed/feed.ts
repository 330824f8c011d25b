import { campaign } from '../../campaign/campaign.ts';
import { embassyName } from '../../campaign/embassy-name.ts';
import { asLocale } from '../../i18n/match.ts';
import type { Say } from '../../i18n/say.ts';
import { type GalleryQuery, readGallery } from '../read.ts';
import type { GalleryTools } from '../tools.ts';
import { addressOf } from './address.ts';
import { type Entry, entryOf } from './entries.ts';

/** What RSS and JSON Feed both say, each in its own form. */
export interface Feed {
  title: string;
  description: string;
  language: string;
  /** The page of the same photos. */
  home: string;
  /** Address of the feed below `path`, of its first page or of the one behind `cursor`. */
  self(path: string, cursor?: string): string;
  next: string | undefined;
  entries: Entry[];
}

/** Reads a page of the gallery as a feed. */
export async function readFeed(tools: GalleryTools, query: GalleryQuery, say: Say): Promise<Feed> {
  const { publicUrl, embassies } = tools;
  const { items, nextCursor } = await readGallery(tools, query, say);
  const lang = asLocale(query.lang);
  const { limit, cursor, ...filters } = { ...query, lang };
  const embassy = embassies.get(query.embassy ?? '');
  return {
    title: embassy ? `${campaign.name} · ${embassyName(say, embassy)}` : campaign.name,
    description: say('feed.description', { slogan: campaign.slogan }),
    language: say.locale,
    home: addressOf(publicUrl, '/gallery', filters),
    self: (path, behind = cursor) =>
      addressOf(publicUrl, path, { ...filters, limit: String(limit), cursor: behind }),
    next: nextCursor ?? undefined,
    entries: items.map((item) => entryOf(item, publicUrl, say, lang)),
  };
}
