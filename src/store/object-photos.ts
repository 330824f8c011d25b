import type { Readable } from 'node:stream';
import { seal, sealStream, unseal } from '../sealing.ts';
import { typeOfFile } from '../submission/renditions.ts';
import { type Bucket, collect } from './bucket.ts';
import { inventoryOf } from './object-inventory.ts';
import { putStream } from './object-stream.ts';
import {
  checkedId,
  checkedMosaic,
  MOSAIC_FOLDER,
  PRIVATE,
  PUBLIC,
  sealName,
} from './photo-names.ts';
import type { Photos } from './photos.ts';

const MOSAICS = `${PUBLIC}${MOSAIC_FOLDER}/`;
const PROBE = `${PRIVATE}probe`;

/** Photos in an object store. Every key is made here. */
export function openObjectPhotos(bucket: Bucket, key: Buffer): Photos {
  const sealedOf = (id: string) => `${PRIVATE}${checkedId(id)}/`;
  const publicOf = (id: string) => `${PUBLIC}${checkedId(id)}/`;

  async function removeAll(...starts: string[]): Promise<void> {
    const found = await Promise.all(starts.map((start) => collect(bucket.keys(start))));
    await bucket.remove(found.flat());
  }

  return {
    mosaics: {
      async write(name, bytes) {
        await bucket.put(MOSAICS + checkedMosaic(name), bytes, typeOfFile(name));
      },
      async names() {
        const keys = await collect(bucket.keys(MOSAICS));
        return keys.map((each) => each.slice(MOSAICS.length));
      },
      remove: (name) => bucket.remove([MOSAICS + name]),
    },

    published: {
      look: (path) => bucket.look(PUBLIC + path),
      read: (path, range) => bucket.stream(PUBLIC + path, range),
    },

    async receive(id, photo: Readable) {
      const target = `${sealedOf(id)}original`;
      await putStream(bucket, target, photo, sealStream(key, sealName(id, 'original')));
    },

    async seal(id, part, bytes) {
      await bucket.put(sealedOf(id) + part, seal(key, sealName(id, part), bytes));
    },

    async open(id, part) {
      const sealed = await bucket.get(sealedOf(id) + part);
      return sealed && unseal(key, sealName(id, part), sealed);
    },

    async has(id, part) {
      const target = sealedOf(id) + part;
      return (await collect(bucket.keys(target))).includes(target);
    },

    remove: async (id, part) => bucket.remove([sealedOf(id) + part]),

    async publish(id, file, bytes) {
      await bucket.put(publicOf(id) + file, bytes, typeOfFile(file));
    },

    retract: async (id) => removeAll(publicOf(id)),
    async erase(id) {
      await bucket.abortUnfinished(sealedOf(id), 0);
      await removeAll(publicOf(id), sealedOf(id));
    },
    inventory: () => inventoryOf(bucket),
    removeUnfinished: (idleMs) => bucket.abortUnfinished(PRIVATE, idleMs),
    freeBytes: async () => Number.POSITIVE_INFINITY,

    async proveWritable() {
      await bucket.put(PROBE, Buffer.from('probe'));
      await bucket.remove([PROBE]);
    },
  };
}
