import type { Keys } from '../keys.ts';
import { isUnwanted } from '../submission/states.ts';
import type { Database, Transaction } from './database.ts';
import { dayOf } from './day.ts';
import { isAlike, slices } from './fingerprints.ts';
import type { SubmissionRow } from './rows.ts';

/** Days a fingerprint stays on the list: as long as such a wave may be expected to come again. */
export const BLOCKED_DAYS = 180;

export interface Blocked {
  /** Whether a picture looks, in one of its forms, like one that is not wanted here. */
  has(forms: readonly string[]): Promise<boolean>;
}

/**
 * The block list: what rejected pictures that nobody wants looked like, in 64 bits each. No
 * picture, no person; a withdrawal leaves it, or who sends such things would only have to take
 * them back.
 */
export function openBlocked({ read }: Database): Blocked {
  return {
    async has(forms) {
      const candidates = await read.blockedSlice.findMany({
        where: { OR: forms.flatMap(slices) },
        select: { picture: { select: { fingerprint: true } } },
      });
      return candidates.some(({ picture }) => isAlike(forms, picture.fingerprint));
    },
  };
}

/** Keeps the list in step with a decision: on it with a reason that says so, off it again when undone. */
export async function blockOrNot(
  tx: Transaction,
  keys: Keys,
  { id: submissionId, state, reason, facts }: SubmissionRow,
  now: Date,
): Promise<void> {
  // Only who has the submission's id finds its entry.
  const id = keys.digest('blocked', submissionId).toString('base64url');
  await tx.blockedPicture.deleteMany({ where: { id } });
  if (state !== 'rejected' || !isUnwanted(reason) || !facts) return;
  const { fingerprint } = facts;
  await tx.blockedPicture.create({ data: { id, fingerprint, day: dayOf(now) } });
  const rows = slices(fingerprint).map((slice) => ({ pictureId: id, ...slice }));
  await tx.blockedSlice.createMany({ data: rows });
}

/** Drops what has been on the list for long enough. Returns how many. */
export async function forgetBlocked(tx: Transaction, now: Date): Promise<number> {
  const oldest = dayOf(new Date(now.getTime() - BLOCKED_DAYS * 86_400_000));
  const { count } = await tx.blockedPicture.deleteMany({ where: { day: { lt: oldest } } });
  return count;
}
