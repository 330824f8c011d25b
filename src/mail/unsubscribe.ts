import { timingSafeEqual } from 'node:crypto';
import type { Keys } from '../keys.ts';

/**
 * Lets mail programs show a button that ends the digests of a moderator (RFC 8058). The address
 * opens nothing else, and stands in the header alone: what scans the links of a mail never sees it.
 */
export function unsubscribeHeaders(
  keys: Keys,
  publicUrl: string,
  moderatorId: string,
): Record<string, string> {
  const query = new URLSearchParams({ m: moderatorId, k: keyOf(keys, moderatorId) }).toString();
  return {
    'List-Unsubscribe': `<${publicUrl}/moderation/mails/stop?${query}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}

/** Whether `key` is what the header of this moderator's digests holds. */
export function mayUnsubscribe(keys: Keys, moderatorId: string, key: string): boolean {
  const [given, right] = [Buffer.from(key), Buffer.from(keyOf(keys, moderatorId))];
  return given.length === right.length && timingSafeEqual(given, right);
}

function keyOf(keys: Keys, moderatorId: string): string {
  return keys.digest('unsubscribe', moderatorId).toString('base64url');
}
