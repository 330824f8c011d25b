import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SealBroken, seal, sealStream, unseal } from '../src/sealing.ts';

const key = randomBytes(32);
const content = Buffer.from('a photo of a square in front of an embassy');

describe('sealed bytes', () => {
  it('open under the same key and name', () => {
    expect(unseal(key, 'a/original', seal(key, 'a/original', content))).toEqual(content);
  });

  it('show nothing of what they hold, and never look the same twice', () => {
    const sealed = seal(key, 'a', content);
    expect(sealed.includes(content.subarray(0, 8))).toBe(false);
    expect(sealed.equals(seal(key, 'a', content))).toBe(false);
  });

  it('do not open under another name or key', () => {
    const sealed = seal(key, 'a/original', content);
    expect(() => unseal(key, 'b/original', sealed)).toThrow(SealBroken);
    expect(() => unseal(randomBytes(32), 'a/original', sealed)).toThrow(SealBroken);
  });

  it('do not open when a single bit was changed', () => {
    const sealed = seal(key, 'a', content);
    const place = fc.integer({ min: 0, max: sealed.length * 8 - 1 });
    fc.assert(
      fc.property(place, (bit) => {
        const altered = Buffer.from(sealed);
        altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(() => unseal(key, 'a', altered)).toThrow(SealBroken);
      }),
    );
  });

  it('do not open when they were cut, at any place', () => {
    const sealed = seal(key, 'a', content);
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => unseal(key, 'a', sealed.subarray(0, length))).toThrow(SealBroken);
    }
  });
});

describe('a sealed stream', () => {
  const through = async (chunks: Buffer[]) =>
    Buffer.concat(await Readable.from(chunks).pipe(sealStream(key, 'a')).toArray());

  it('is what sealing at once makes, however it was cut', async () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)));
    await fc.assert(
      fc.asyncProperty(chunks, async (parts) => {
        expect(unseal(key, 'a', await through(parts))).toEqual(Buffer.concat(parts));
      }),
    );
  });

  it('does not open when it broke off', async () => {
    const sealed = await through([content]);
    expect(() => unseal(key, 'a', sealed.subarray(0, -16))).toThrow(SealBroken);
  });
});
