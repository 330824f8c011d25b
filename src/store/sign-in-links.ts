import type { Database } from './database.ts';

/** Mailed sign-in links, stored as digests. */
export interface SignInLinks {
  /**
   * Stores a link; a browser's newer link replaces its older one. False, with nothing stored, when
   * its moderator has as many good links as `limits` allow.
   */
  put(link: SignInLink, now: Date, limits?: LinkLimits): Promise<boolean>;
  /**
   * Uses a link up and tells whose it was. Null when it is unknown, used, too old, or asked for in
   * another browser.
   */
  use(tokenHash: string, browserHash: string | null, now: Date): Promise<string | null>;
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

export function openSignInLinks({ write }: Database): SignInLinks {
  return {
    put: (link, now, limits) =>
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

    use: (tokenHash, browserHash, now) =>
      write(async (tx) => {
        const link = await tx.signInToken.findUnique({ where: { tokenHash } });
        if (!link || link.expiresAt <= now) return null;
        if (link.browserHash && link.browserHash !== browserHash) return null;
        const { count } = await tx.signInToken.deleteMany({ where: { tokenHash } });
        return count === 0 ? null : link.moderatorId;
      }),
  };
}
