import type { Database } from './database.ts';

/** What a passkey is asked for. */
export type ChallengePurpose = 'registration' | 'sign-in';

/** What a passkey has to sign, by digest. */
export interface Challenge {
  hash: string;
  /** Whose passkey is asked for; null: anybody's. */
  moderatorId: string | null;
  /** Digest of the cookie of the browser it was made for. */
  browserHash: string;
  purpose: ChallengePurpose;
  expiresAt: Date;
}

export interface Challenges {
  put(challenge: Challenge, now: Date): Promise<void>;
  /**
   * Uses a challenge up and tells whom it was for. Null when it is unknown, used, too old, or was
   * made for another browser or purpose; it is used up then, too.
   */
  use(
    asked: Pick<Challenge, 'hash' | 'browserHash' | 'purpose'>,
    now: Date,
  ): Promise<Pick<Challenge, 'moderatorId'> | null>;
}

export function openChallenges({ write }: Database): Challenges {
  return {
    async put(challenge, now) {
      await write(async (tx) => {
        await tx.challenge.deleteMany({ where: { expiresAt: { lt: now } } });
        await tx.challenge.create({ data: challenge });
      });
    },

    use: ({ hash, browserHash, purpose }, now) =>
      write(async (tx) => {
        const found = await tx.challenge.findUnique({ where: { hash } });
        const { count } = await tx.challenge.deleteMany({ where: { hash } });
        if (!found || count === 0 || found.expiresAt <= now) return null;
        const fits = found.browserHash === browserHash && found.purpose === purpose;
        return fits ? { moderatorId: found.moderatorId } : null;
      }),
  };
}
