import { PassThrough, type Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { typeOfFile } from '../submission/renditions.ts';
import type { Bucket } from './bucket.ts';
import { MOVING } from './move-marks.ts';
import { putStream } from './object-stream.ts';
import { PRIVATE, PUBLIC } from './photo-names.ts';
import { checkedRawName, parseRawName } from './raw-names.ts';
import type { RawPhotos } from './raw-photos.ts';

/** Photos in an object store, object by object: keys are their names. */
export function openRawBucket(bucket: Bucket): Omit<RawPhotos, 'takenBack'> {
  async function* below(start: string): AsyncGenerator<string> {
    for await (const key of bucket.keys(start)) if (parseRawName(key)) yield key;
  }

  return {
    async *names() {
      yield* below(PRIVATE);
      yield* below(PUBLIC);
    },

    size: async (name) => (await bucket.look(checked(name)))?.size ?? null,
    read: (name) => bucket.stream(checked(name)),

    async write(name, content: Readable) {
      const { isPublic, file } = checkedRawName(name);
      if (isPublic) await bucket.put(name, await buffer(content), typeOfFile(file));
      else await putStream(bucket, name, content, new PassThrough());
    },

    remove: (name) => bucket.remove([checked(name)]),

    mark: {
      read: async () => (await bucket.get(MOVING))?.toString() ?? null,
      set: (value) => bucket.put(MOVING, Buffer.from(value)),
      drop: () => bucket.remove([MOVING]),
    },
  };
}

function checked(name: string): string {
  checkedRawName(name);
  return name;
}
