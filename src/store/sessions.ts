import type { Keys } from '../keys.ts';
import type { Database } from './database.ts';
import { asJson } from './rows.ts';

/** Sessions of moderators, found by a keyed digest of their id: a stolen table opens none. */
export interface Sessions {
  put(id: string, moderatorId: string, data: object, expiresAt: Date): Promise<void>;
  /** Null when it is unknown or ran out. */
  get(id: string, now: Date): Promise<object | null>;
  end(id: string): Promise<void>;
}

export function openSessions({ read, write }: Database, keys: Keys): Sessions {
  const hashOf = (id: string) => keys.digest('sessions', id).toString('base64url');
  return {
    async put(id, moderatorId, session, expiresAt) {
      const idHash = hashOf(id);
      const data = asJson(session);
      await write((tx) =>
        tx.session.upsert({
          where: { idHash },
          create: { idHash, moderatorId, data, expiresAt },
          update: { data, expiresAt },
        }),
      );
    },

    async get(id, now) {
      const found = await read.session.findUnique({ where: { idHash: hashOf(id) } });
      return found && found.expiresAt > now ? (found.data as object) : null;
    },

    async end(id) {
      await write((tx) => tx.session.deleteMany({ where: { idHash: hashOf(id) } }));
    },
  };
}
