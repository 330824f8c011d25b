import type { FastifyReply, FastifyRequest } from 'fastify';
import { sayFor } from '../web/request.ts';
import { type ChangesQuery, changesSchema, readChanges } from './changes.ts';
import { embassiesSchema, readEmbassies } from './embassies.ts';
import { pickFields, readFields } from './fields.ts';
import { itemSchema, itemView } from './items.ts';
import {
  coverageSchema,
  findPublic,
  type GalleryApiQuery,
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
      const { fields: names, ...query } = request.query as GalleryApiQuery;
      const fields = readFields(names);
      const page = gallerySchema.parse(await readGallery(tools, query, sayFor(request)));
      return sendJson(reply, {
        ...page,
        items: page.items.map((item) => pickFields(item, fields)),
      });
    },

    async item(request: FastifyRequest, reply: FastifyReply) {
      const { id } = request.params as { id: string };
      const fields = readFields((request.query as { fields?: string }).fields);
      const row = await findPublic(tools, id);
      const item = itemSchema.parse(itemView(row, sayFor(request), tools.photosUrl));
      return sendJson(reply, pickFields(item, fields));
    },

    async changes(request: FastifyRequest, reply: FastifyReply) {
      const query = request.query as ChangesQuery;
      return sendJson(reply, changesSchema.parse(await readChanges(tools, query)));
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
