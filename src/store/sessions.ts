import type { Keys } from '../keys.ts';
import type { Database } from './database.ts';
import { asJson } from './rows.ts';

/** Sessions of moderators, found by a keyed digest of their id: a stolen table opens none. */
export interface Sessions {
  begin(id: string, moderatorId: string, data: object, expiresAt: Date): Promise<void>;
  /** Goes on with a session. One that was ended meanwhile stays ended. */
  keep(id: string, data: object, expiresAt: Date): Promise<void>;
  /** Lets a session last until `expiresAt`, as it is. */
  touch(id: string, expiresAt: Date): Promise<void>;
  /** Null when it is unknown or ran out. */
  get(id: string, now: Date): Promise<object | null>;
  end(id: string): Promise<void>;
  /** A moderator's sessions, the last one used first. */
  of(moderatorId: string, now: Date): Promise<SessionView[]>;
  /** Ends one of a moderator's sessions, by its handle. False when there is none. */
  endOne(moderatorId: string, handle: string): Promise<boolean>;
  /** Ends all of a moderator's sessions but the one with this id. Returns how many. */
  endOthers(moderatorId: string, id: string): Promise<number>;
  handleOf(id: string): string;
}

export interface SessionView {
  /** Names the session to its owner, and opens nothing. */
  handle: string;
  data: object;
  expiresAt: Date;
}

export function openSessions({ read, write }: Database, keys: Keys): Sessions {
  const hashOf = (id: string) => keys.digest('sessions', id).toString('base64url');
  return {
    async begin(id, moderatorId, data, expiresAt) {
      const row = { idHash: hashOf(id), moderatorId, data: asJson(data), expiresAt };
      await write((tx) => tx.session.create({ data: row }));
    },

    async keep(id, session, expiresAt) {
      const data = { data: asJson(session), expiresAt };
      await write((tx) => tx.session.updateMany({ where: { idHash: hashOf(id) }, data }));
    },

    async touch(id, expiresAt) {
      const where = { idHash: hashOf(id) };
      await write((tx) => tx.session.updateMany({ where, data: { expiresAt } }));
    },

    async get(id, now) {
      const idHash = hashOf(id);
      const found = await read.session.findUnique({ where: { idHash } });
      if (!found) return null;
      if (found.expiresAt > now) return found.data as object;
      // However the clock goes on: what has run out once is over.
      await write((tx) => tx.session.deleteMany({ where: { idHash } }));
      return null;
    },

    async end(id) {
      await write((tx) => tx.session.deleteMany({ where: { idHash: hashOf(id) } }));
    },

    async of(moderatorId, now) {
      const rows = await read.session.findMany({
        where: { moderatorId, expiresAt: { gt: now } },
        orderBy: { expiresAt: 'desc' },
      });
      return rows.map(({ idHash, data, expiresAt }) => ({
        handle: idHash,
        data: data as object,
        expiresAt,
      }));
    },

    async endOne(moderatorId, handle) {
      const where = { moderatorId, idHash: handle };
      return (await write((tx) => tx.session.deleteMany({ where }))).count > 0;
    },

    async endOthers(moderatorId, id) {
      const where = { moderatorId, idHash: { not: hashOf(id) } };
      return (await write((tx) => tx.session.deleteMany({ where }))).count;
    },

    handleOf: hashOf,
  };
}
