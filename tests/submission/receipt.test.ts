import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  groupReceipt,
  RECEIPT_BYTES,
  readReceipt,
  receiptFromBytes,
} from '../../src/submission/receipt.ts';

const bytes = fc
  .uint8Array({ minLength: RECEIPT_BYTES, maxLength: RECEIPT_BYTES })
  .map((array) => Buffer.from(array));

describe('a receipt', () => {
  it('D1 has 26 characters of Crockford base32', () => {
    fc.assert(
      fc.property(bytes, (secret) => {
        expect(receiptFromBytes(secret)).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
      }),
    );
  });

  it('D1 keeps 130 bits: another of them makes another receipt', () => {
    fc.assert(
      fc.property(bytes, fc.integer({ min: 0, max: 129 }), (secret, bit) => {
        const other = Buffer.from(secret);
        other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
        expect(receiptFromBytes(other)).not.toBe(receiptFromBytes(secret));
      }),
    );
  });

  it('is shown in groups of four', () => {
    expect(groupReceipt('0123456789ABCDEFGHJKMNPQRS')).toBe('0123-4567-89AB-CDEF-GHJK-MNPQ-RS');
  });

  it('wants exactly its bytes', () => {
    expect(() => receiptFromBytes(Buffer.alloc(RECEIPT_BYTES - 1))).toThrow(RangeError);
  });
});

describe('reading a receipt', () => {
  /** The ways a person may write one character. */
  const written = (char: string) => {
    const alike: Record<string, string[]> = { 0: ['O', 'o'], 1: ['I', 'i', 'L', 'l'] };
    return fc.constantFrom(char, char.toLowerCase(), ...(alike[char] ?? []));
  };
  const separator = fc.constantFrom('', ' ', '-', '\u2013', '\u00a0', '\n', ' - ');

  it('D6 reads it as people write it', () => {
    const typed = bytes
      .map(receiptFromBytes)
      .chain((receipt) =>
        fc
          .tuple(...[...receipt].map((char) => fc.tuple(separator, written(char))))
          .map((parts) => ({ receipt, text: parts.flat().join('') })),
      );
    fc.assert(
      fc.property(typed, ({ receipt, text }) => {
        expect(readReceipt(text)).toBe(receipt);
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['too short', '0'.repeat(25)],
    ['too long', '0'.repeat(27)],
    ['a letter that is none of it', `${'0'.repeat(25)}U`],
    ['very long', ' '.repeat(100_000)],
    ['digits of another script', '\u0661'.repeat(26)],
  ])('D6 is null for %s', (_, typed) => {
    expect(readReceipt(typed)).toBeNull();
  });
});
