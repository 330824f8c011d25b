import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { campaign } from '../../campaign/campaign.ts';
import { embassyName } from '../../campaign/embassy-name.ts';
import { matchLocale } from '../../i18n/match.ts';
import { sayIn } from '../../i18n/say.ts';
import { Refusal } from '../../submission/refusals.ts';
import { findPublic } from '../read.ts';
import type { GalleryTools } from '../tools.ts';
import { addressOf } from './address.ts';
import { plain } from './markup.ts';
import { frameTag } from './snippets.ts';
import { type Target, targetOf } from './target.ts';

const pixels = z.coerce.number().int().min(1).optional();
export const oembedQuery = z.object({
  url: z.string().max(2000),
  maxwidth: pixels,
  maxheight: pixels,
  format: z.string().max(20).optional(),
  lang: z.string().max(35).optional(),
});

/** How large a frame is by itself; it tells its height to whoever listens. */
const FRAME = { width: 800, height: 640 };
/** What stands around a photo in its frame, and how high the photo itself becomes at most. */
const AROUND = { width: 24, height: 130, photo: 640 };
const LIMIT = '12';
/** Seconds. */
const CACHE_AGE = 300;

/** oEmbed: what to put on a page for an address of ours, so that pasting a link is enough. */
export function galleryOembed(tools: GalleryTools) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const query = request.query as z.output<typeof oembedQuery>;
    if ((query.format ?? 'json') !== 'json') throw new Refusal('format-unknown');
    const target = targetOf(query.url, tools.publicUrl);
    if (!target) throw new Refusal('not-found');
    const { title, filters, ...wanted } = await describe(tools, target);
    const width = Math.min(query.maxwidth ?? FRAME.width, FRAME.width);
    const height = Math.min(query.maxheight ?? Infinity, wanted.height(width));
    const src = addressOf(tools.publicUrl, '/embed', { ...filters, lang: target.lang });
    return reply.type('application/json; charset=utf-8').send(
      JSON.stringify({
        version: '1.0',
        type: 'rich',
        title,
        provider_name: campaign.name,
        provider_url: tools.publicUrl,
        cache_age: CACHE_AGE,
        html: frameTag({ src, title, width, height }),
        width,
        height,
      }),
    );
  };
}

interface Described {
  title: string;
  filters: Readonly<Record<string, string | undefined>>;
  height(width: number): number;
}

async function describe(tools: GalleryTools, target: Target): Promise<Described> {
  const say = sayIn(matchLocale(undefined, target.lang));
  if (target.kind === 'photo') {
    const { city, facts } = await findShown(tools, target.id);
    const ratio = (facts?.height ?? 3) / (facts?.width ?? 4);
    const high = (width: number) => Math.round((width - AROUND.width) * ratio);
    return {
      title: plain(say('photo.title', { city })),
      filters: { photo: target.id },
      height: (width) => Math.max(0, Math.min(AROUND.photo, high(width))) + AROUND.height,
    };
  }
  const embassy = tools.embassies.get(target.filters.embassy ?? '');
  if (target.filters.embassy && !embassy) throw new Refusal('not-found');
  return {
    title: embassy ? embassyName(say, embassy) : campaign.name,
    filters: { ...target.filters, limit: LIMIT },
    height: () => FRAME.height,
  };
}

/** What was taken back is not told from what never was: oEmbed knows one "no". */
function findShown(tools: GalleryTools, id: string) {
  return findPublic(tools, id).catch((error: unknown) => {
    throw error instanceof Refusal ? new Refusal('not-found') : error;
  });
}
