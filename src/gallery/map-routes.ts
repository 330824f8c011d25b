import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { mapPages } from './map-pages.tsx';
import type { GalleryTools } from './tools.ts';

const embassyParams = z.object({ slug: z.string() });

/** Where the embassies are, one by one, and posters to hang up there. */
export const mapRoutes: FastifyPluginAsyncZod<GalleryTools> = async (app, tools) => {
  const pages = mapPages(tools);
  const ofEmbassy = { schema: { params: embassyParams, hide: true } };

  app.get('/map', { config: { kept: true }, schema: { hide: true } }, pages.map);
  app.get('/embassies/:slug', ofEmbassy, pages.embassy);
  app.get('/embassies/:slug/poster', ofEmbassy, pages.embassyPoster);
  app.get('/poster', { schema: { hide: true } }, pages.poster);
};
