import type { FastifyReply, FastifyRequest } from 'fastify';
import { embedScript } from '../../web/assets.ts';

/** `/embed.js`: asked for anew every five minutes, for its name never changes. */
export async function elementScript(_request: FastifyRequest, reply: FastifyReply) {
  return reply.type('text/javascript; charset=utf-8').send(embedScript());
}
