import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '../submission/refusals.ts';

/** What programs in other sites' pages ask for with headers of their own, so that browsers ask first. */
const DATA = /^\/(api\/v1\/(gallery|embassies|coverage)|gallery\.(json|rss)|oembed|photos)\b/;
const READABLE = [
  'etag',
  'retry-after',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
];

/**
 * Lets any site's scripts read the data and pictures of `app`, never with cookies; pages and forms are
 * for people.
 */
export async function shareData(app: FastifyInstance): Promise<void> {
  // The plugin answers what browsers ask first for every address there is, ours or not.
  app.addHook('onRequest', async ({ method, url }) => {
    if (method === 'OPTIONS' && !DATA.test(url)) throw new Refusal('not-found');
  });
  await app.register(cors, {
    origin: '*',
    methods: ['GET', 'HEAD'],
    exposedHeaders: READABLE,
    strictPreflight: false,
  });
  app.addHook('onSend', async ({ method }, reply) => {
    const isPage = String(reply.getHeader('content-type')).startsWith('text/html');
    if (!isPage && method !== 'POST') return;
    reply.removeHeader('access-control-allow-origin');
    reply.removeHeader('access-control-expose-headers');
  });
}
