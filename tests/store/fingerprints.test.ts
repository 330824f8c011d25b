import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../support/database.ts';
import { type Life, NOON, openLife } from '../support/submissions.ts';

let test: TestStore;
let life: Life;

beforeEach(async () => {
  test = await openTestStore();
  life = openLife(test.store);
});
afterEach(() => test.dispose());

const hex = (hash: bigint) => hash.toString(16).padStart(16, '0');
const hash = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const flips = (count: number) => fc.uniqueArray(fc.nat(63), { minLength: count, maxLength: count });

describe('look-alikes', () => {
  it('are found up to six bits apart, wherever the bits are, and not at seven', async () => {
    const id = await life.receive();
    await life.clean(id, hex(0n));
    const base = 0n;
    const pair = fc.integer({ min: 0, max: 9 }).chain((count) => flips(count));
    await fc.assert(
      fc.asyncProperty(pair, async (bits) => {
        const other = bits.reduce((value, bit) => value ^ (1n << BigInt(bit)), base);
        const found = await test.store.fingerprints.similarTo('new', [hex(other)]);
        const expected = bits.length <= 6 ? [{ id, distance: bits.length }] : [];
        expect(found).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  it.each([0, 4, 9])('are found with a bit apart in each slice but the last (%i)', async (bit) => {
    const id = await life.receive();
    await life.clean(id, hex(0n));
    const other = [0, 10, 20, 30, 40, 50].reduce((sum, at) => sum ^ (1n << BigInt(at + bit)), 0n);
    const found = await test.store.fingerprints.similarTo('new', [hex(other)]);
    expect(found).toEqual([{ id, distance: 6 }]);
  });

  it('are found around any fingerprint', async () => {
    await fc.assert(
      fc.asyncProperty(hash, flips(6), async (value, bits) => {
        const id = await life.receive();
        await life.clean(id, hex(value));
        const other = bits.reduce((sum, bit) => sum ^ (1n << BigInt(bit)), value);
        const found = await test.store.fingerprints.similarTo('new', [hex(other)]);
        expect(found).toContainEqual({ id, distance: 6 });
      }),
      { numRuns: 20 },
    );
  });

  it('are told nearest first, to both sides, and never of oneself', async () => {
    const one = await life.receive();
    await life.clean(one, hex(0n));
    const two = await life.receive();
    await life.clean(two, hex(0b111n));
    const three = await life.receive();
    await life.clean(three, hex(0b1n));
    const similar = await test.store.desk.similar([one, two, three]);
    expect(similar.get(one)).toEqual([three, two]);
    expect(similar.get(two)).toEqual([three, one]);
    expect(similar.get(three)).toEqual([one, two]);
  });

  it('are found among rejected photos too', async () => {
    const id = await life.waiting();
    await life.decide(id, 'rejected');
    const again = await life.waiting();
    expect((await test.store.desk.similar([again])).get(again)).toEqual([id]);
  });
});

it('knows whether exactly this file came before, from anybody else', async () => {
  const id = await life.receive({ sourceHash: 'same' });
  expect(await test.store.fingerprints.sentBefore(id, 'same')).toBe(false);
  expect(await test.store.fingerprints.sentBefore('new', 'same')).toBe(true);
  await test.store.submissions.withdraw(id, NOON);
  expect(await test.store.fingerprints.sentBefore('new', 'same')).toBe(false);
});
