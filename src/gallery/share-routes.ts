import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { mayBeLate } from './caching.ts';
import { cardPictures } from './cards.ts';
import { mosaicPages } from './mosaic.tsx';
import type { SendPublished } from './published.ts';
import type { GalleryTools } from './tools.ts';

const query = z.object({ lang: z.string().max(35).optional() });
const embassyParams = z.object({ slug: z.string() });

type ShareTools = GalleryTools & { send: SendPublished };

/** What people share: pictures made of many photos. */
export const shareRoutes: FastifyPluginAsyncZod<ShareTools> = async (app, tools) => {
  const cards = cardPictures(tools);
  const mosaic = mosaicPages(tools, tools.send);

  app.get(
    '/cards/campaign.jpg',
    { schema: { hide: true, querystring: query }, onSend: mayBeLate },
    cards.campaign,
  );
  app.get(
    '/cards/embassies/:slug.jpg',
    { schema: { hide: true, params: embassyParams, querystring: query }, onSend: mayBeLate },
    cards.embassy,
  );

  app.get('/mosaic', { schema: { hide: true } }, mosaic.page);
  app.get('/mosaic.jpg', { schema: { hide: true }, onSend: mayBeLate }, mosaic.print);
  app.get('/mosaic-small.jpg', { schema: { hide: true }, onSend: mayBeLate }, mosaic.small);
};
