import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Database } from '../store/database.ts';
import type { Photos } from '../store/photos.ts';
import type { Store } from '../store/store.ts';
import { StoreDown } from '../store/store-down.ts';

export interface HealthTools {
  database: Database;
  photos: Photos;
  store: Pick<Store, 'stop'>;
}

/**
 * `live`: the process answers. `ready`: rows and files can be written. An object store that is away
 * is no reason to lead people elsewhere: all processes miss it alike, and lists and decisions go on.
 * In a stopped campaign they say so, but as good news: withdrawals still need somebody to lead
 * them here.
 */
export function health({ database, photos, store }: HealthTools) {
  const well = () => ({ status: store.stop.day() ? 'stopped' : 'ok' });
  return {
    live: async () => well(),

    async ready(request: FastifyRequest, reply: FastifyReply) {
      try {
        const away = await isAway(photos);
        await database.proveWritable();
        return { ...well(), ...(away && { photos: 'away' }) };
      } catch (err) {
        request.log.error({ err }, 'not ready');
        return reply.code(503).header('retry-after', '30').send({ status: 'not ready' });
      }
    },
  };
}

async function isAway(photos: Photos): Promise<boolean> {
  try {
    await photos.proveWritable();
    return false;
  } catch (error) {
    if (error instanceof StoreDown) return true;
    throw error;
  }
}
