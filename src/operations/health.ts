import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Database } from '../store/database.ts';
import type { Photos } from '../store/photos.ts';

export interface HealthTools {
  database: Database;
  photos: Photos;
}

/** `live`: the process answers. `ready`: it can take a photo, because rows and files can be written. */
export function health({ database, photos }: HealthTools) {
  return {
    live: async () => ({ status: 'ok' }),

    async ready(request: FastifyRequest, reply: FastifyReply) {
      try {
        await photos.proveWritable();
        await database.proveWritable();
        return { status: 'ok' };
      } catch (err) {
        request.log.error({ err }, 'not ready');
        return reply.code(503).header('retry-after', '30').send({ status: 'not ready' });
      }
    },
  };
}
