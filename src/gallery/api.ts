import type { FastifyReply, FastifyRequest } from 'fastify';
import { sayFor } from '../web/request.ts';
import { embassiesSchema, readEmbassies } from './embassies.ts';
import { itemSchema, itemView } from './items.ts';
import { keepAnswers } from './kept.ts';
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

/** The readers' calls of the contract. Lists are sent from memory until something public changes. */
export function galleryApi(tools: GalleryTools) {
  const keep = keepAnswers(tools.publicVersion);

  return {
    async list(request: FastifyRequest, reply: FastifyReply) {
      const say = sayFor(request);
      const query = request.query as GalleryQuery;
      const body = await keep(`gallery ${say.locale} ${JSON.stringify(query)}`, async () =>
        JSON.stringify(gallerySchema.parse(await readGallery(tools, query, say))),
      );
      return reply.type(JSON_TYPE).send(body);
    },

    async item(request: FastifyRequest, reply: FastifyReply) {
      const { id } = request.params as { id: string };
      const row = await findPublic(tools, id);
      const item = itemSchema.parse(itemView(row, sayFor(request), tools.publicUrl));
      return reply.type(JSON_TYPE).send(JSON.stringify(item));
    },

    async embassies(request: FastifyRequest, reply: FastifyReply) {
      const say = sayFor(request);
      const body = await keep(`embassies ${say.locale}`, async () =>
        JSON.stringify(embassiesSchema.parse(await readEmbassies(tools, say))),
      );
      return reply.type(JSON_TYPE).send(body);
    },

    async coverage(_request: FastifyRequest, reply: FastifyReply) {
      const body = await keep('coverage', async () =>
        JSON.stringify(coverageSchema.parse(await readCoverage(tools))),
      );
      return reply.type(JSON_TYPE).send(body);
    },
  };
}
