import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { addEtags } from '../web/etag.ts';
import { problemSchema } from '../web/schemas.ts';
import { galleryApi } from './api.ts';
import { mayBeLate } from './caching.ts';
import { changesQuery, changesSchema } from './changes.ts';
import { developersPage } from './developers.tsx';
import { embassiesSchema } from './embassies.ts';
import { embedRoutes } from './embed-routes.ts';
import { itemSchema } from './items.ts';
import { mapRoutes } from './map-routes.ts';
import { photoFile } from './photo-file.ts';
import { openPublished } from './published.ts';
import {
  coverageSchema,
  fieldsQuery,
  galleryApiQuery,
  galleryQuery,
  gallerySchema,
} from './read.ts';
import { shareData } from './share-data.ts';
import { shareRoutes } from './share-routes.ts';
import { galleryPages } from './show.tsx';
import type { GalleryTools } from './tools.ts';

const tags = ['readers'];
/** Programs may ask half a minute late. */
const CACHE_LIST = 'public, max-age=30, must-revalidate';
/** People see a page as it is now; it is mostly answered "not modified". */
const CACHE_PAGE = 'no-cache';
/** Lists are sent from memory until something public changes. */
const kept = { kept: true, counted: true };
const counted = { counted: true };
const photoParams = z.object({ id: z.string(), file: z.string() });
const itemParams = z.object({ id: z.string() });
const itemQuery = fieldsQuery.extend({ lang: z.string().max(35).optional() });

/** Everything the world may read. No cookies; any site may embed it. */
export const galleryRoutes: FastifyPluginAsyncZod<GalleryTools> = async (app, tools) => {
  await shareData(app);
  await addEtags(app);
  const send = await openPublished(app, tools.photos);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('cross-origin-resource-policy', 'cross-origin');
    reply.header('cache-control', request.url.startsWith('/api/') ? CACHE_LIST : CACHE_PAGE);
    // Also of what is too small to compress, and of "not modified": a cache keeps them together.
    reply.header('vary', 'accept-language, accept-encoding');
  });
  const api = galleryApi(tools);
  const pages = galleryPages(tools);

  app.get('/', pages.home);
  app.get('/gallery', { schema: { querystring: galleryQuery, hide: true } }, pages.gallery);
  app.get('/gallery/:id', { schema: { params: itemParams, hide: true } }, pages.photo);
  app.get('/developers', developersPage(tools));
  app.get(
    '/photos/:id/:file',
    {
      schema: { tags, summary: 'A published picture', params: photoParams },
      onSend: mayBeLate,
    },
    photoFile(tools, send),
  );

  app.get(
    '/api/v1/gallery',
    {
      config: kept,
      schema: {
        tags,
        summary: 'Published photos',
        querystring: galleryApiQuery,
        response: { 200: gallerySchema, default: problemSchema },
      },
    },
    api.list,
  );
  app.get(
    '/api/v1/gallery/changes',
    {
      config: counted,
      schema: {
        tags,
        summary: 'What came and went since a cursor',
        querystring: changesQuery,
        response: { 200: changesSchema, default: problemSchema },
      },
    },
    api.changes,
  );
  app.get(
    '/api/v1/gallery/:id',
    {
      config: counted,
      schema: {
        tags,
        summary: 'One published photo',
        params: itemParams,
        querystring: itemQuery,
        response: { 200: itemSchema, default: problemSchema },
      },
    },
    api.item,
  );
  app.get(
    '/api/v1/embassies',
    {
      config: kept,
      schema: {
        tags,
        summary: 'All embassies with their counts',
        response: { 200: embassiesSchema },
      },
    },
    api.embassies,
  );
  app.get(
    '/api/v1/coverage',
    {
      config: kept,
      schema: { tags, summary: 'How far the campaign reaches', response: { 200: coverageSchema } },
    },
    api.coverage,
  );
  await app.register(mapRoutes, tools);
  await app.register(embedRoutes, tools);
  await app.register(shareRoutes, { ...tools, send });
};
