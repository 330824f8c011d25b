import formbody from '@fastify/formbody';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { limited } from '../web/limits.ts';
import { mayBeLate } from './caching.ts';
import { galleryFeeds } from './embed/feeds.ts';
import { galleryFrame } from './embed/frame.tsx';
import { galleryKit } from './embed/kit.tsx';
import { galleryOembed, oembedQuery } from './embed/oembed.ts';
import { embedQuery, kitQuery } from './embed/options.ts';
import { elementScript } from './embed/script.ts';
import { galleryQuery } from './read.ts';
import type { GalleryTools } from './tools.ts';

const tags = ['readers'];
/** Sent from memory until something public changes. */
const kept = { kept: true };

/** The source of a long page. */
const PASTED_BYTES = 5 * 1024 * 1024;
const checkForm = z.object({ pasted: z.string().default('') });

/** The gallery on other sites: by script, in a frame, as a feed, as plain HTML. */
export const embedRoutes: FastifyPluginAsyncZod<GalleryTools> = async (app, tools) => {
  await app.register(formbody);
  const feeds = galleryFeeds(tools);
  const kit = galleryKit(tools);

  app.get('/embed.js', { config: kept, schema: { hide: true }, onSend: mayBeLate }, elementScript);
  app.get(
    '/embed',
    { config: kept, schema: { querystring: embedQuery, hide: true } },
    galleryFrame(tools),
  );
  app.get('/embed/kit', { schema: { querystring: kitQuery, hide: true } }, kit.make);
  app.post(
    '/embed/kit',
    { bodyLimit: PASTED_BYTES, config: limited(60, 10), schema: { body: checkForm, hide: true } },
    kit.check,
  );
  const feed = (summary: string) => ({
    config: kept,
    schema: { tags, summary, querystring: galleryQuery },
  });
  app.get('/gallery.rss', feed('Published photos as RSS 2.0'), feeds.rss);
  app.get('/gallery.json', feed('Published photos as JSON Feed 1.1'), feeds.json);
  app.get(
    '/oembed',
    {
      config: kept,
      schema: { tags, summary: 'oEmbed for addresses of ours', querystring: oembedQuery },
      onSend: mayBeLate,
    },
    galleryOembed(tools),
  );
};
