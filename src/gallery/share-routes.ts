import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { cardPictures } from './cards.ts';
import { mosaicPages } from './mosaic.tsx';
import type { GalleryTools } from './tools.ts';

/** As with photos: nobody keeps for longer what may be withdrawn. */
const CACHE = 'public, max-age=300, must-revalidate';
const query = z.object({ lang: z.string().max(35).optional() });
const embassyParams = z.object({ slug: z.string() });

/** What people share: pictures made of many photos. */
export const shareRoutes: FastifyPluginAsyncZod<GalleryTools> = async (app, tools) => {
  app.addHook('onSend', async (request, reply) => {
    const isPicture = request.routeOptions.url?.endsWith('.jpg');
    if (isPicture && reply.statusCode < 400) reply.header('cache-control', CACHE);
  });
  const cards = cardPictures(tools);
  const mosaic = mosaicPages(tools);

  app.get('/cards/campaign.jpg', { schema: { hide: true, querystring: query } }, cards.campaign);
  app.get(
    '/cards/embassies/:slug.jpg',
    { schema: { hide: true, params: embassyParams, querystring: query } },
    cards.embassy,
  );

  app.get('/mosaic', { schema: { hide: true } }, mosaic.page);
  app.get('/mosaic.jpg', { schema: { hide: true } }, mosaic.print);
  app.get('/mosaic-small.jpg', { schema: { hide: true } }, mosaic.small);
};
