import { type Database, touchRow } from './database.ts';
import type { Claim } from './generated/client.ts';

/** How long a photo stays with who opened it. */
export const CLAIM_MINUTES = 5;

/** Who has which photo open. A claim is a courtesy: deciding needs none. */
export interface Claims {
  /** Claims a photo, unless a colleague has it. Returns whose it is now. */
  take(submissionId: string, moderatorId: string, now: Date): Promise<Claim>;
  /** Gives back all photos of a moderator but `except`. */
  release(moderatorId: string, except?: string): Promise<void>;
  /** The good claims on these photos. */
  of(submissionIds: string[], now: Date): Promise<Map<string, Claim>>;
}

export function openClaims({ read, write }: Database): Claims {
  return {
    take: (submissionId, moderatorId, now) =>
      write(async (tx) => {
        const found = await tx.claim.findUnique({ where: { submissionId } });
        if (found && found.moderatorId !== moderatorId && found.until > now) return found;
        const until = new Date(now.getTime() + CLAIM_MINUTES * 60_000);
        const claim = { submissionId, moderatorId, until };
        if (found?.moderatorId !== moderatorId) touchRow(tx, submissionId);
        await tx.claim.upsert({ where: { submissionId }, create: claim, update: claim });
        return claim;
      }),

    async release(moderatorId, except) {
      await write(async (tx) => {
        const where = { moderatorId, ...(except && { submissionId: { not: except } }) };
        const claims = await tx.claim.findMany({ where });
        for (const { submissionId } of claims) touchRow(tx, submissionId);
        if (claims.length > 0) await tx.claim.deleteMany({ where });
      });
    },

    async of(submissionIds, now) {
      const where = { submissionId: { in: submissionIds }, until: { gt: now } };
      const claims = await read.claim.findMany({ where });
      return new Map(claims.map((claim) => [claim.submissionId, claim]));
    },
  };
}
