import { randomUUID } from 'node:crypto';
import type { Keys } from '../keys.ts';
import { seal, unseal } from '../sealing.ts';
import type { Database, Transaction } from './database.ts';
import type { Moderator } from './generated/client.ts';

export interface ModeratorView {
  id: string;
  /** Null for somebody who has been removed. */
  address: string | null;
  /** The language mails to them are written in; null before the first sign-in. */
  locale: string | null;
}

export interface Moderators {
  /** Makes an address a moderator; one who is already stays as they are. */
  add(address: string, now: Date): Promise<ModeratorView>;
  /** Ends all sessions and links and forgets the address. False when it is no moderator's. */
  remove(address: string, now: Date): Promise<boolean>;
  /** Those who may sign in. */
  list(): Promise<ModeratorView[]>;
  byAddress(address: string): Promise<ModeratorView | null>;
  /** Null once removed. */
  active(id: string): Promise<ModeratorView | null>;
  /** Remembers the language a moderator uses. */
  speaks(id: string, locale: string): Promise<void>;
  /** What colleagues call each moderator, also those long gone. */
  names(ids: (string | null)[]): Promise<Map<string, string>>;

  /**
   * Stores a sign-in link's digest; a browser's newer link replaces its older one. False, with
   * nothing stored, when its moderator has as many good links as `limits` allow.
   */
  storeLink(link: SignInLink, now: Date, limits?: LinkLimits): Promise<boolean>;
  /**
   * Uses a link up and tells whose it was. Null when it is unknown, used, too old, asked for in
   * another browser, or its moderator is gone.
   */
  useLink(tokenHash: string, browserHash: string | null, now: Date): Promise<ModeratorView | null>;
}

export interface SignInLink {
  tokenHash: string;
  moderatorId: string;
  browserHash: string | null;
  expiresAt: Date;
}

/** How many links of one moderator may be good at the same time. */
export interface LinkLimits {
  open: number;
  /** From this many on, new ones work in any browser. */
  bound: number;
}

export function openModerators({ read, write }: Database, keys: Keys): Moderators {
  const hashOf = (address: string) =>
    keys.digest('address-look-up', address.trim().toLowerCase()).toString('base64url');
  const view = ({ id, address, locale }: Moderator): ModeratorView => ({
    id,
    locale,
    address: address && unseal(keys.key('addresses'), id, Buffer.from(address)).toString(),
  });

  async function findByHash(addressHash: string): Promise<ModeratorView | null> {
    const found = await read.moderator.findUnique({ where: { addressHash } });
    return found && view(found);
  }

  return {
    async add(address, now) {
      const addressHash = hashOf(address);
      const known = await findByHash(addressHash);
      if (known) return known;
      const id = randomUUID();
      const sealed = seal(keys.key('addresses'), id, Buffer.from(address.trim()));
      const data = { id, addressHash, address: new Uint8Array(sealed), addedAt: now };
      return view(await write((tx) => tx.moderator.create({ data })));
    },

    remove: (address, now) =>
      write(async (tx) => {
        const found = await tx.moderator.findUnique({ where: { addressHash: hashOf(address) } });
        if (!found) return false;
        await tx.moderator.update({
          where: { id: found.id },
          data: { addressHash: null, address: null, removedAt: now },
        });
        await endAccess(tx, found.id);
        return true;
      }),

    async list() {
      const rows = await read.moderator.findMany({
        where: { removedAt: null },
        orderBy: { addedAt: 'asc' },
      });
      return rows.map(view);
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
      return new Map(rows.map(view).map(({ id, address }) => [id, address ?? id.slice(0, 8)]));
    },

    storeLink: (link, now, limits) =>
      write(async (tx) => {
        const { moderatorId, browserHash } = link;
        await tx.signInToken.deleteMany({ where: { expiresAt: { lt: now } } });
        if (browserHash) await tx.signInToken.deleteMany({ where: { moderatorId, browserHash } });
        const open = await tx.signInToken.count({
          where: { moderatorId, expiresAt: { gt: now } },
        });
        if (limits && open >= limits.open) return false;
        const unbound = limits && open >= limits.bound;
        await tx.signInToken.create({ data: unbound ? { ...link, browserHash: null } : link });
        return true;
      }),

    useLink: (tokenHash, browserHash, now) =>
      write(async (tx) => {
        const link = await tx.signInToken.findUnique({ where: { tokenHash } });
        if (!link || link.expiresAt <= now) return null;
        if (link.browserHash && link.browserHash !== browserHash) return null;
        const { count } = await tx.signInToken.deleteMany({ where: { tokenHash } });
        if (count === 0) return null;
        const owner = await tx.moderator.findUnique({ where: { id: link.moderatorId } });
        return owner && !owner.removedAt ? view(owner) : null;
      }),
  };
}

async function endAccess(tx: Transaction, moderatorId: string): Promise<void> {
  await tx.session.deleteMany({ where: { moderatorId } });
  await tx.signInToken.deleteMany({ where: { moderatorId } });
  await tx.outboxMessage.deleteMany({ where: { moderatorId, state: 'queued' } });
}
