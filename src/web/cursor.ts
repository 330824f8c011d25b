import { timingSafeEqual } from 'node:crypto';
import type { Keys } from '../keys.ts';
import { Refusal } from '../submission/refusals.ts';

const MAC_BYTES = 12;

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

function mac(keys: Keys, list: string, body: Buffer): Buffer {
  return keys.digest('cursors', `${list}\n${body.toString('base64url')}`).subarray(0, MAC_BYTES);
}
