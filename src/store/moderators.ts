import { randomUUID } from 'node:crypto';
import type { Keys } from '../keys.ts';
import { seal, unseal } from '../sealing.ts';
import type { Role } from '../submission/roles.ts';
import type { Database, Transaction } from './database.ts';
import type { Moderator } from './generated/client.ts';
import { record } from './log.ts';
import { queueMessage } from './messages.ts';

export interface ModeratorView {
  id: string;
  /** Null for somebody who has been removed. */
  address: string | null;
  role: Role;
  addedAt: Date;
  /** How many they have. */
  passkeys: number;
  /** The language mails to them are written in; null before the first sign-in. */
  locale: string | null;
}

/** How somebody comes to moderate. */
export interface Invitation {
  role?: Role;
  /** The admin who invites; null: the command line, or the settings. */
  by?: string | null;
  /** The language of a mail about it; left out, no mail is sent. */
  mailIn?: string;
}

export interface Moderators {
  /** Makes an address a moderator. One who is already stays as they are, or becomes an admin. */
  add(address: string, now: Date, invitation?: Invitation): Promise<ModeratorView>;
  /** Those who may sign in. */
  list(): Promise<ModeratorView[]>;
  byAddress(address: string): Promise<ModeratorView | null>;
  /** Null once removed. */
  active(id: string): Promise<ModeratorView | null>;
  /** Remembers the language a moderator uses. */
  speaks(id: string, locale: string): Promise<void>;
  /** What colleagues call each moderator, also those long gone. */
  names(ids: (string | null)[]): Promise<Map<string, string>>;
}

export function openModerators({ read, write }: Database, keys: Keys): Moderators {
  const hashOf = (address: string) =>
    keys.digest('address-look-up', address.trim().toLowerCase()).toString('base64url');
  const addressOf = ({ id, address }: Moderator) =>
    address && unseal(keys.key('addresses'), id, Buffer.from(address)).toString();

  async function view(row: Moderator): Promise<ModeratorView> {
    const { id, role, addedAt, locale } = row;
    const passkeys = await read.passkey.count({ where: { moderatorId: id } });
    return { id, address: addressOf(row), role: role as Role, addedAt, passkeys, locale };
  }

  async function findByHash(addressHash: string): Promise<ModeratorView | null> {
    const found = await read.moderator.findUnique({ where: { addressHash } });
    return found && view(found);
  }

  async function create(tx: Transaction, address: string, addedAt: Date): Promise<Moderator> {
    const id = randomUUID();
    const sealed = seal(keys.key('addresses'), id, Buffer.from(address.trim()));
    const data = { id, addressHash: hashOf(address), address: new Uint8Array(sealed), addedAt };
    return tx.moderator.create({ data });
  }

  return {
    async add(address, now, { role = 'moderator', by = null, mailIn } = {}) {
      const addressHash = hashOf(address);
      const known = await findByHash(addressHash);
      if (known && (known.role === 'admin' || role === 'moderator')) return known;
      const row = await write(async (tx) => {
        let found = await tx.moderator.findUnique({ where: { addressHash } });
        if (!found) {
          found = await create(tx, address, now);
          const deed = { moderatorId: by, decision: 'invited', aboutId: found.id } as const;
          await record(tx, keys, now, deed);
          const mail = mailIn && ({ kind: 'invitation', locale: mailIn } as const);
          if (mail) await queueMessage(tx, keys, mail, now, { moderatorId: found.id });
        }
        if (role !== 'admin' || found.role === 'admin') return found;
        await record(tx, keys, now, { moderatorId: by, decision: 'made-admin', aboutId: found.id });
        return tx.moderator.update({ where: { id: found.id }, data: { role } });
      });
      return view(row);
    },

    async list() {
      const rows = await read.moderator.findMany({
        where: { removedAt: null },
        orderBy: { addedAt: 'asc' },
      });
      return Promise.all(rows.map(view));
    },

    byAddress: (address) => findByHash(hashOf(address)),

    async active(id) {
      const found = await read.moderator.findUnique({ where: { id } });
      return found && !found.removedAt ? view(found) : null;
    },

    async speaks(id, locale) {
      await write((tx) => tx.moderator.updateMany({ where: { id }, data: { locale } }));
    },

    async names(ids) {
      const wanted = [...new Set(ids.filter((id) => id !== null))];
      if (wanted.length === 0) return new Map();
      const rows = await read.moderator.findMany({ where: { id: { in: wanted } } });
      return new Map(rows.map((row) => [row.id, addressOf(row) ?? row.id.slice(0, 8)]));
    },
  };
}
