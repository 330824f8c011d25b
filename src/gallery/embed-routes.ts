import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { galleryFeeds } from './embed/feeds.ts';
import { galleryFrame } from './embed/frame.tsx';
import { embedQuery } from './embed/options.ts';
import { elementScript } from './embed/script.ts';
import { galleryQuery } from './read.ts';
import type { GalleryTools } from './tools.ts';

const tags = ['readers'];
/** Sent from memory until something public changes. */
const kept = { kept: true };
const SCRIPT_CACHE = 'public, max-age=300, must-revalidate';

/** The gallery on other sites: by script, in a frame, as a feed, as plain HTML. */
export const embedRoutes: FastifyPluginAsyncZod<GalleryTools> = async (app, tools) => {
  const feeds = galleryFeeds(tools);

  app.get(
    '/embed.js',
    {
      schema: { hide: true },
      onSend: async (_request, reply) => {
        reply.header('cache-control', SCRIPT_CACHE);
      },
    },
    elementScript,
  );
  app.get(
    '/embed',
    { config: kept, schema: { querystring: embedQuery, hide: true } },
    galleryFrame(tools),
  );
  const feed = (summary: string) => ({
    config: kept,
    schema: { tags, summary, querystring: galleryQuery },
  });
  app.get('/gallery.rss', feed('Published photos as RSS 2.0'), feeds.rss);
  app.get('/gallery.json', feed('Published photos as JSON Feed 1.1'), feeds.json);
};
