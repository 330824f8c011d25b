import type { FastifyReply, FastifyRequest } from 'fastify';
import { sayFor } from '../web/request.ts';
import { embassiesSchema, readEmbassies } from './embassies.ts';
import { itemSchema, itemView } from './items.ts';
import {
  coverageSchema,
  findPublic,
  type GalleryQuery,
  gallerySchema,
  readCoverage,
  readGallery,
} from './read.ts';
import type { GalleryTools } from './tools.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

/** The readers' calls of the contract. */
export function galleryApi(tools: GalleryTools) {
  return {
    async list(request: FastifyRequest, reply: FastifyReply) {
      const say = sayFor(request);
      const query = request.query as GalleryQuery;
      return sendJson(reply, gallerySchema.parse(await readGallery(tools, query, say)));
    },

    async item(request: FastifyRequest, reply: FastifyReply) {
      const { id } = request.params as { id: string };
      const row = await findPublic(tools, id);
      const item = itemSchema.parse(itemView(row, sayFor(request), tools.publicUrl));
      return sendJson(reply, item);
    },

    async embassies(request: FastifyRequest, reply: FastifyReply) {
      const say = sayFor(request);
      return sendJson(reply, embassiesSchema.parse(await readEmbassies(tools, say)));
    },

    async coverage(_request: FastifyRequest, reply: FastifyReply) {
      return sendJson(reply, coverageSchema.parse(await readCoverage(tools)));
    },
  };
}

function sendJson(reply: FastifyReply, answer: object): FastifyReply {
  return reply.type(JSON_TYPE).send(JSON.stringify(answer));
}
