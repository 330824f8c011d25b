import { type Database, type Transaction, touchRow } from './database.ts';
import type { Claim } from './generated/client.ts';

/** How long a photo stays with who opened it. */
const CLAIM_MS = 5 * 60_000;

/** Who has which photo open. A claim is a courtesy: deciding needs none. */
export interface Claims {
  /**
   * Claims a photo, unless a colleague has it, and gives the moderator's other one back: one looks
   * at one at a time. Returns whose it is now.
   */
  take(submissionId: string, moderatorId: string, now: Date): Promise<Claim>;
  /** The good claims on these photos. */
  of(submissionIds: string[], now: Date): Promise<Map<string, Claim>>;
}

export function openClaims({ read, write }: Database): Claims {
  return {
    take: (submissionId, moderatorId, now) =>
      write(async (tx) => {
        await giveBackOthers(tx, submissionId, moderatorId);
        const found = await tx.claim.findUnique({ where: { submissionId } });
        if (found && found.moderatorId !== moderatorId && found.until > now) return found;
        if (found?.moderatorId !== moderatorId) touchRow(tx, submissionId);
        const until = new Date(now.getTime() + CLAIM_MS);
        const claim = { submissionId, moderatorId, until };
        await tx.claim.upsert({ where: { submissionId }, create: claim, update: claim });
        return claim;
      }),

    async of(submissionIds, now) {
      const where = { submissionId: { in: submissionIds }, until: { gt: now } };
      const claims = await read.claim.findMany({ where });
      return new Map(claims.map((claim) => [claim.submissionId, claim]));
    },
  };
}

async function giveBackOthers(tx: Transaction, keep: string, moderatorId: string): Promise<void> {
  const others = await tx.claim.findMany({ where: { moderatorId, submissionId: { not: keep } } });
  for (const { submissionId } of others) {
    touchRow(tx, submissionId);
    await tx.claim.delete({ where: { submissionId } });
  }
}
