import { timingSafeEqual } from 'node:crypto';
import type { Keys } from '../keys.ts';
import { seal, unseal } from '../sealing.ts';
import { Refusal } from '../submission/refusals.ts';

/** 128 bits: fewer are not enough for a signature (OWASP ASVS 5.0, 11.2.3). */
const MAC_BYTES = 16;

/** Writes where a list goes on as an opaque text. Signed, so that nobody makes one up. */
export function writeCursor(keys: Keys, list: string, place: object): string {
  const body = Buffer.from(JSON.stringify(place));
  return Buffer.concat([mac(keys, list, body), body]).toString('base64url');
}

/** Reads a cursor of `writeCursor`. Throws the refusal `cursor-invalid` for anything else. */
export function readCursor<Place>(keys: Keys, list: string, cursor: string): Place {
  const bytes = Buffer.from(cursor, 'base64url');
  const body = bytes.subarray(MAC_BYTES);
  const signed = bytes.subarray(0, MAC_BYTES);
  const expected = mac(keys, list, body);
  // Decoding passes over what is not base64url, and two texts can stand for the same bytes.
  const whole = signed.length === MAC_BYTES && bytes.toString('base64url') === cursor;
  if (!whole || !timingSafeEqual(signed, expected)) {
    throw new Refusal('cursor-invalid');
  }
  return JSON.parse(body.toString());
}

/** Writes a place that is nobody's business: unlike `writeCursor`, what it says cannot be read. */
export function writeSealedCursor(keys: Keys, list: string, place: object): string {
  const body = Buffer.from(JSON.stringify(place));
  return seal(keys.key('sealed-cursors'), list, body).toString('base64url');
}

/** Reads a cursor of `writeSealedCursor`. Throws the refusal `cursor-invalid` for anything else. */
export function readSealedCursor<Place>(keys: Keys, list: string, cursor: string): Place {
  try {
    const bytes = Buffer.from(cursor, 'base64url');
    return JSON.parse(unseal(keys.key('sealed-cursors'), list, bytes).toString());
  } catch (cause) {
    throw new Refusal('cursor-invalid', { cause });
  }
}

function mac(keys: Keys, list: string, body: Buffer): Buffer {
  return keys.digest('cursors', `${list}\n${body.toString('base64url')}`).subarray(0, MAC_BYTES);
}
