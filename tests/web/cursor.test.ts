import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openKeys } from '../../src/keys.ts';
import { Refusal } from '../../src/submission/refusals.ts';
import { readCursor, writeCursor } from '../../src/web/cursor.ts';

const keys = openKeys('kF3-0dZq_8sWmB1xR7uYtL4vNcHpG2eJ');
const place = { month: '2026-11', id: '0f8fad5b-d9cb-469f-a165-70867728950e' };

function codeOf(cursor: string, list = 'gallery'): string | null {
  try {
    readCursor(keys, list, cursor);
    return null;
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
}

describe('a cursor', () => {
  it('is read as it was written, and fits into an address', () => {
    const cursor = writeCursor(keys, 'gallery', place);
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(readCursor(keys, 'gallery', cursor)).toEqual(place);
  });

  it('is refused when any bit of it was changed', () => {
    const bytes = Buffer.from(writeCursor(keys, 'gallery', place), 'base64url');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length * 8 - 1 }), (bit) => {
        const altered = Buffer.from(bytes);
        altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(codeOf(altered.toString('base64url'))).toBe('cursor-invalid');
      }),
    );
  });

  it('is refused whatever a stranger makes up', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(codeOf(text)).toBe('cursor-invalid');
      }),
    );
  });

  it('is good for its own list and under its own key only', () => {
    const cursor = writeCursor(keys, 'queue', place);
    expect(codeOf(cursor, 'gallery')).toBe('cursor-invalid');
    const other = writeCursor(openKeys('another'), 'gallery', place);
    expect(codeOf(other)).toBe('cursor-invalid');
  });
});
