import type { Keys } from '../keys.ts';
import type { Database } from './database.ts';
import { record } from './log.ts';

/** A moderator's passkey, as WebAuthn has it. */
export interface Passkey {
  /** Credential id in base64url. */
  id: string;
  moderatorId: string;
  publicKey: Uint8Array<ArrayBuffer>;
  /** How often it was used, where it counts. */
  counter: number;
  transports: string[];
  /** What its owner calls it. */
  name: string;
}

export interface Passkeys {
  /** A moderator's, the oldest first. */
  of(moderatorId: string): Promise<(Passkey & { addedAt: Date })[]>;
  byId(id: string): Promise<Passkey | null>;
  /** False when it is known already, or its moderator is gone. */
  add(passkey: Passkey, now: Date): Promise<boolean>;
  /** False when the moderator has no such passkey. */
  remove(moderatorId: string, id: string, now: Date): Promise<boolean>;
  /** Remembers its counter. False when it was used elsewhere meanwhile, or removed. */
  count(passkey: Passkey, counter: number): Promise<boolean>;
}

export function openPasskeys({ read, write }: Database, keys: Keys): Passkeys {
  return {
    async of(moderatorId) {
      const rows = await read.passkey.findMany({
        where: { moderatorId },
        orderBy: [{ addedAt: 'asc' }, { id: 'asc' }],
      });
      return rows.map((row) => ({ ...row, transports: row.transports as string[] }));
    },

    async byId(id) {
      const row = await read.passkey.findUnique({ where: { id } });
      return row && { ...row, transports: row.transports as string[] };
    },

    add: (passkey, now) =>
      write(async (tx) => {
        const { id, moderatorId } = passkey;
        if (await tx.passkey.findUnique({ where: { id } })) return false;
        const owner = { id: moderatorId, removedAt: null };
        if ((await tx.moderator.count({ where: owner })) === 0) return false;
        await tx.passkey.create({ data: { ...passkey, addedAt: now } });
        await record(tx, keys, now, {
          moderatorId,
          decision: 'passkey-added',
          aboutId: moderatorId,
        });
        return true;
      }),

    remove: (moderatorId, id, now) =>
      write(async (tx) => {
        const { count } = await tx.passkey.deleteMany({ where: { id, moderatorId } });
        if (count === 0) return false;
        await record(tx, keys, now, {
          moderatorId,
          decision: 'passkey-removed',
          aboutId: moderatorId,
        });
        return true;
      }),

    async count({ id, counter: before }, counter) {
      const where = { id, counter: before };
      return (await write((tx) => tx.passkey.updateMany({ where, data: { counter } }))).count > 0;
    },
  };
}
