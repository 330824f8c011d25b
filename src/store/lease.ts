/** A lease given back. */
export const FREE = { leaseToken: null, leaseUntil: null };

/** What nobody holds, or somebody has held for too long: one of these must be true. */
export function freeAt(now: Date) {
  return [{ leaseUntil: null }, { leaseUntil: { lt: now } }];
}
