import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../submission/refusals.ts';
import type { SendPublished } from './published.ts';
import { findPublic } from './read.ts';
import type { GalleryTools } from './tools.ts';

/** Serves a published picture; the row is asked each time, so that a withdrawal hides it at once. */
export function photoFile(tools: GalleryTools, send: SendPublished) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const { id, file } = request.params as { id: string; file: string };
    const row = await findPublic(tools, id);
    if (!row.renditions?.some((rendition) => rendition.file === file)) {
      throw new Refusal('not-found');
    }
    return send(request, reply, `${id}/${file}`);
  };
}
