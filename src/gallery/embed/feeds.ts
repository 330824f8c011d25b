import type { FastifyReply, FastifyRequest } from 'fastify';
import { sayFor } from '../../web/request.ts';
import type { GalleryQuery } from '../read.ts';
import type { GalleryTools } from '../tools.ts';
import { readFeed } from './feed.ts';
import { jsonFeedOf } from './json-feed.ts';
import { rssOf } from './rss.ts';

/** The gallery for where scripts and frames are taken away. */
export function galleryFeeds(tools: GalleryTools) {
  const read = (request: FastifyRequest) =>
    readFeed(tools, request.query as GalleryQuery, sayFor(request));
  return {
    async rss(request: FastifyRequest, reply: FastifyReply) {
      const feed = await read(request);
      return reply.type('application/rss+xml; charset=utf-8').send(rssOf(feed));
    },

    async json(request: FastifyRequest, reply: FastifyReply) {
      const feed = await read(request);
      const body = JSON.stringify(jsonFeedOf(feed));
      return reply.type('application/feed+json; charset=utf-8').send(body);
    },
  };
}
