import { createHmac, hkdfSync } from 'node:crypto';

/** Every use has a key of its own, so that no value made for one can stand in for another. */
export const PURPOSES = [
  'photos',
  'contacts',
  'outbox',
  'addresses',
  'address-look-up',
  'receipts',
  'receipt-from-key',
  'idempotency',
  'sources',
  'sessions',
  'cookies',
  'sign-in',
  'cursors',
  'sealed-cursors',
  'webhooks',
  'log',
  'log-head',
  'unsubscribe',
  'challenges',
  'blocked',
  'check',
  'taken-back',
  'places',
] as const;
export type Purpose = (typeof PURPOSES)[number];

export interface Keys {
  /** The 32-byte key of a purpose. */
  key(purpose: Purpose): Buffer;
  /** Keyed digest (HMAC-SHA-256): tells equal values apart from others only to who has the key. */
  digest(purpose: Purpose, value: string | Buffer): Buffer;
}

/** Derives all keys from `SECRET_KEY` (HKDF-SHA-256, RFC 5869). */
export function openKeys(secretKey: string): Keys {
  const derived = new Map<Purpose, Buffer>();
  const key = (purpose: Purpose) => {
    const known = derived.get(purpose);
    if (known) return known;
    const fresh = Buffer.from(hkdfSync('sha256', secretKey, 'compete-4-equality', purpose, 32));
    derived.set(purpose, fresh);
    return fresh;
  };
  return {
    key,
    digest: (purpose, value) => createHmac('sha256', key(purpose)).update(value).digest(),
  };
}
