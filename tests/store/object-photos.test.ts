import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openBucket } from '../../src/store/bucket.ts';
import { findBucketFaults } from '../../src/store/bucket-faults.ts';
import { openObjectPhotos } from '../../src/store/object-photos.ts';
import type { Photos } from '../../src/store/photos.ts';
import { StoreDown } from '../../src/store/store-down.ts';
import { listInBucket } from '../../src/store/taken-back-lists.ts';
import { type ObjectStore, startObjectStore } from '../support/s3.ts';

const key = randomBytes(32);
const bytes = Buffer.from('the bytes of a photo');
/** Two parts. */
const LARGE = 6_000_000;
const TIMEOUT_MS = 2_000;

let store: ObjectStore;
let photos: Photos;

beforeAll(async () => {
  store = await startObjectStore();
  photos = openObjectPhotos(openBucket(store.settings, TIMEOUT_MS), key);
});
afterEach(() => {
  store.meddle = undefined;
});
afterAll(() => store?.close());

/** Meddles with the first `times` requests for which `wanted`; tells how many there were at all. */
function meddle(how: 'cut' | 'busy' | 'silent' | 'lying', times: number, wanted = /./) {
  const seen = { requests: 0 };
  store.meddle = ({ method, url }) => {
    if (!wanted.test(`${method} ${url}`)) return undefined;
    seen.requests += 1;
    return seen.requests <= times ? how : undefined;
  };
  return seen;
}

it.each(['cut', 'busy'] as const)('tries again once when the store is %s', async (how) => {
  const id = randomUUID();
  const seen = meddle(how, 1);
  await photos.seal(id, '480', bytes);
  expect(seen.requests).toBe(2);
  meddle(how, 1);
  expect(await photos.open(id, '480')).toEqual(bytes);
  meddle(how, 1);
  await photos.erase(id);
  expect((await store.keys()).filter((each) => each.includes(id))).toEqual([]);
  meddle(how, 2);
  await expect(photos.open(id, '480')).rejects.toThrow(StoreDown);
});

it('does not wait for ever', async () => {
  meddle('silent', 2);
  await expect(photos.open(randomUUID(), '480')).rejects.toThrow(StoreDown);
});

it('takes a missing bucket for trouble, not for missing photos', async () => {
  const elsewhere = openBucket({ ...store.settings, bucket: 'elsewhere' });
  const lost = openObjectPhotos(elsewhere, key);
  await expect(lost.open(randomUUID(), 'original')).rejects.toThrow(StoreDown);
  await expect(lost.has(randomUUID(), 'original')).rejects.toThrow(StoreDown);
  await expect(lost.inventory().next()).rejects.toThrow(StoreDown);
  const wrong = openBucket({ ...store.settings, accessKeyId: 'nobody' });
  await expect(wrong.get('private/x')).rejects.toThrow(StoreDown);
});

it.each([
  ['a part', 'cut', /partNumber=2/],
  ['the end', 'busy', /^POST .*uploadId/],
  ['the end, and says that it was taken', 'lying', /^POST .*uploadId/],
] as const)('leaves nothing of an upload when the store fails at %s', async (_, how, wanted) => {
  const id = randomUUID();
  meddle(how, 2, wanted);
  const large = () => Readable.from([randomBytes(LARGE), randomBytes(LARGE)]);
  await expect(photos.receive(id, large())).rejects.toThrow(StoreDown);
  expect((await store.keys()).filter((each) => each.includes(id))).toEqual([]);
  expect(await store.unfinished()).toEqual([]);
});

it('ends uploads that a process has begun and left, once they are old enough', async () => {
  const bucket = openBucket(store.settings);
  const name = `private/${randomUUID()}/original`;
  const upload = await bucket.upload(name);
  await upload.add(randomBytes(LARGE));
  await (await bucket.upload('else/where')).add(bytes);
  await photos.removeUnfinished(60_000);
  expect(await store.unfinished()).toHaveLength(2);
  await photos.removeUnfinished(0);
  expect(await store.unfinished()).toEqual(['else/where']);
});

it('tells of more objects than a page of a list has', async () => {
  const ids = Array.from({ length: 1_100 }, () => randomUUID());
  const wanted = new Set<string>(ids);
  for (const [i, id] of ids.entries()) {
    for (const name of i % 2 ? ['private', 'public'] : ['private']) {
      const file = store.file(`${name}/${id}/480`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
    }
  }
  const strangers = [`private/${randomUUID()}`, 'private/x/480', 'public/mosaic/x.jpg'];
  for (const name of strangers) {
    await mkdir(dirname(store.file(name)), { recursive: true });
    await writeFile(store.file(name), bytes);
  }
  const odd = new Map<string, number>(ids.map((id, i) => [id, i % 2]));
  for await (const { id, sealed, published } of photos.inventory()) {
    expect(wanted.delete(id), id).toBe(true);
    expect([sealed, published]).toEqual([['480'], odd.get(id) ? ['480'] : []]);
  }
  expect(wanted.size).toBe(0);
});

it('finds out when strangers may look, or what was removed is kept', async () => {
  expect(await findBucketFaults(store.settings)).toEqual([]);
  [store.isOpen, store.gaps.hasVersions] = [true, true];
  expect(await findBucketFaults(store.settings)).toEqual([
    expect.stringContaining('Anybody can read'),
    expect.stringContaining('Anybody can list'),
    expect.stringContaining('keeps old versions'),
  ]);
  [store.isOpen, store.gaps.hasVersions] = [false, false];
  expect((await store.keys()).filter((each) => each.includes('probe'))).toEqual([]);
});

it('keeps the list of what was taken back for several processes', async () => {
  const [one, other] = [
    listInBucket(openBucket(store.settings)),
    listInBucket(openBucket(store.settings)),
  ];
  expect(await one.read()).toBeNull();
  await one.append([]);
  expect(await other.read()).toEqual(['list']);
  await Promise.all([one.append(['withdrawn a-b_C']), other.append(['hidden a-b_C', 'covered x'])]);
  expect(await one.read()).toEqual(['covered x', 'hidden a-b_C', 'list', 'withdrawn a-b_C']);
});
