import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SealBroken } from '../../src/sealing.ts';
import { openBucket } from '../../src/store/bucket.ts';
import { openFolderPhotos } from '../../src/store/folder-photos.ts';
import { openObjectPhotos } from '../../src/store/object-photos.ts';
import type { Photos, StoredFiles } from '../../src/store/photos.ts';
import { startObjectStore } from '../support/s3.ts';

/** A store with ways to see and to spoil what it holds. */
interface Kept {
  photos: Photos;
  /** Names of all files or objects, below `private/` and `public/`. */
  names(): Promise<string[]>;
  /** Where the bytes of a sealed part lie. */
  fileOf(id: string, part: string): string;
  close(): Promise<void>;
}

const key = randomBytes(32);
const bytes = Buffer.from('CANARY the bytes of a photo');
/** More than two parts of an upload to an object store, and no round number. */
const LARGE = 11_000_017;

async function inFolder(): Promise<Kept> {
  const folder = await mkdtemp(join(tmpdir(), 'photos-'));
  return {
    photos: await openFolderPhotos(folder, key),
    async names() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile());
      return files.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
    },
    fileOf: (id, part) => join(folder, 'private', id.slice(0, 2), `${id}.${part}`),
    close: () => rm(folder, { recursive: true }),
  };
}

async function inObjectStore(): Promise<Kept> {
  const store = await startObjectStore();
  return {
    photos: openObjectPhotos(openBucket(store.settings), key),
    names: async () => [...(await store.keys()), ...(await store.unfinished())],
    fileOf: (id, part) => store.file(`private/${id}/${part}`),
    close: store.close,
  };
}

describe.each([
  ['a folder', inFolder],
  ['an object store', inObjectStore],
])('photos in %s', (_, open) => {
  let kept: Kept;
  let photos: Photos;
  beforeAll(async () => {
    kept = await open();
    photos = kept.photos;
  });
  afterAll(() => kept?.close());

  async function inventory(): Promise<Map<string, StoredFiles>> {
    const all = new Map<string, StoredFiles>();
    for await (const entry of photos.inventory()) all.set(entry.id, entry);
    return all;
  }

  /** Names of what there is of a photo. */
  async function left(id: string): Promise<string[]> {
    return (await kept.names()).filter((name) => name.includes(id));
  }

  it('open again what was sealed, as a whole or as it came', async () => {
    const id = randomUUID();
    await photos.receive(id, Readable.from([bytes.subarray(0, 5), bytes.subarray(5)]));
    await photos.seal(id, '480', bytes);
    expect(await photos.open(id, 'original')).toEqual(bytes);
    expect(await photos.open(id, '480')).toEqual(bytes);
    expect([await photos.has(id, '480'), await photos.has(id, 'master')]).toEqual([true, false]);
    await photos.remove(id, 'original');
    await photos.remove(id, 'original');
    expect(await photos.open(id, 'original')).toBeNull();
    expect(await left(id)).toHaveLength(1);
  });

  it('take in large photos in pieces of any size, and none at all', async () => {
    const [large, empty] = [randomUUID(), randomUUID()];
    const photo = randomBytes(LARGE);
    const pieces = function* () {
      for (let at = 0; at < LARGE; at += 65_000) yield photo.subarray(at, at + 65_000);
    };
    await photos.receive(large, Readable.from(pieces()));
    expect((await photos.open(large, 'original'))?.equals(photo)).toBe(true);
    expect(await left(large)).toHaveLength(1);
    await photos.receive(empty, Readable.from([]));
    expect(await photos.open(empty, 'original')).toEqual(Buffer.alloc(0));
  });

  it.each([1_000, 6_000_000])('leave nothing when the sender goes after %i bytes', async (size) => {
    const id = randomUUID();
    const broken = Readable.from(
      (async function* () {
        for (let sent = 0; sent < size; sent += 50_000) yield randomBytes(50_000);
        throw new Error('gone');
      })(),
    );
    await expect(photos.receive(id, broken)).rejects.toThrow();
    expect(await left(id)).toEqual([]);
  });

  it('show nothing of what is sealed, and open nothing that was altered or moved', async () => {
    const [id, other] = [randomUUID(), randomUUID()];
    await photos.seal(id, '480', bytes);
    await photos.seal(other, '480', bytes);
    const sealed = await readFile(kept.fileOf(id, '480'));
    expect(sealed.includes('CANARY')).toBe(false);
    await writeFile(kept.fileOf(other, '480'), sealed);
    await expect(photos.open(other, '480')).rejects.toThrow(SealBroken);
    sealed[20] = (sealed[20] ?? 0) ^ 1;
    await writeFile(kept.fileOf(id, '480'), sealed);
    await expect(photos.open(id, '480')).rejects.toThrow(SealBroken);
    await writeFile(kept.fileOf(id, '480'), '');
    await expect(photos.open(id, '480')).rejects.toThrow(SealBroken);
  });

  it('make a name of nothing but an id', async () => {
    const before = await kept.names();
    const id = randomUUID();
    for (const bad of ['../../../etc/passwd', '', id.toUpperCase(), `${id}/..`]) {
      await expect(photos.seal(bad, '480', bytes)).rejects.toThrow(RangeError);
      await expect(photos.receive(bad, Readable.from([bytes]))).rejects.toThrow(RangeError);
      await expect(photos.retract(bad)).rejects.toThrow(RangeError);
      await expect(photos.erase(bad)).rejects.toThrow(RangeError);
    }
    expect(await kept.names()).toEqual(before);
  });

  it('take back what was published, and erase all; doing it again is no mistake', async () => {
    const id = randomUUID();
    await photos.seal(id, 'master', bytes);
    await photos.publish(id, '480.jpg', bytes);
    await photos.publish(id, '480.avif', bytes);
    await photos.publish(id, '480.jpg', bytes);
    expect((await left(id)).filter((name) => name.startsWith('public/')).sort()).toEqual([
      `public/${id}/480.avif`,
      `public/${id}/480.jpg`,
    ]);
    await photos.retract(id);
    await photos.retract(id);
    expect(await left(id)).toHaveLength(1);
    await photos.publish(id, '480.jpg', bytes);
    await photos.erase(id);
    await photos.erase(id);
    expect(await left(id)).toEqual([]);
  });

  it('are gone in the end when they were published and taken back at once', async () => {
    const id = randomUUID();
    for (let round = 0; round < 5; round += 1) {
      // Whoever publishes may fail, and finds out by that; whoever takes back never does.
      const publishing = photos.publish(id, `${round}.jpg`, bytes).catch(() => undefined);
      await Promise.all([publishing, photos.retract(id)]);
    }
    await photos.retract(id);
    expect(await left(id)).toEqual([]);
  });

  it('tell what there is of each of hundreds, and of nothing else', async () => {
    const made = new Map<string, StoredFiles>();
    for (let i = 0; i < 120; i += 1) {
      const id = randomUUID();
      made.set(id, {
        id,
        sealed: i % 3 > 0 ? ['480', 'master'] : [],
        published: i % 3 < 2 ? ['480.avif', '480.jpg'] : [],
      });
    }
    const left = [...made.values()];
    const lane = async () => {
      for (let next = left.pop(); next; next = left.pop()) {
        const { id, sealed, published } = next;
        for (const part of sealed) await photos.seal(id, part as '480', bytes);
        for (const file of published) await photos.publish(id, file, bytes);
      }
    };
    await Promise.all(Array.from({ length: 8 }, lane));
    await photos.mosaics.write('0123456789abcdef.jpg', bytes);
    const told = await inventory();
    for (const [id, files] of made) {
      const { sealed = [], published = [] } = told.get(id) ?? {};
      expect({ id, sealed: sealed.sort(), published: published.sort() }).toEqual(files);
    }
    expect([...told.keys()].filter((id) => !/^[0-9a-f-]{36}$/.test(id))).toEqual([]);
  }, 60_000);

  it('keep mosaics by their names', async () => {
    await photos.mosaics.write('fedcba9876543210.jpg', bytes);
    await photos.mosaics.write('fedcba9876543210-small.jpg', bytes);
    await expect(photos.mosaics.write('../x.jpg', bytes)).rejects.toThrow(RangeError);
    expect(await photos.mosaics.names()).toContain('fedcba9876543210-small.jpg');
    for (const name of await photos.mosaics.names()) await photos.mosaics.remove(name);
    expect(await photos.mosaics.names()).toEqual([]);
  });

  it('prove that they can be written, leaving nothing, and that there is room', async () => {
    const before = (await kept.names()).sort();
    await photos.proveWritable();
    expect((await kept.names()).sort()).toEqual(before);
    expect(await photos.freeBytes()).toBeGreaterThan(0);
  });
});
