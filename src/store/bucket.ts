import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { S3mini, S3ServiceError } from 's3mini';
import type { BucketSettings } from '../config.ts';
import { patientFetch } from './bucket-fetch.ts';
import { beginUpload, type Upload, unfinishedUploads } from './bucket-uploads.ts';
import { missing, reach } from './store-down.ts';

/** The objects below a prefix of one bucket. All throw `StoreDown`. */
export interface Bucket {
  /** Durable when it resolves. */
  put(key: string, bytes: Buffer, type?: string): Promise<void>;
  /** Null when it is not there. */
  get(key: string): Promise<Buffer | null>;
  look(key: string): Promise<{ size: number; etag: string } | null>;
  /** The bytes from the first to the last, or all, as they arrive. */
  stream(key: string, range?: { first: number; last: number }): Promise<Readable | null>;
  /** Keys that begin with `start`, in order, page by page. */
  keys(start: string): AsyncGenerator<string>;
  /** Done again it is no mistake. */
  remove(keys: string[]): Promise<void>;
  /** Begins an object that comes in parts. */
  upload(key: string): Promise<Upload>;
  /** Ends uploads of keys with this start that began `idleMs` ago or earlier and never ended. */
  abortUnfinished(start: string, idleMs: number): Promise<void>;
}

/** Most stores list so many at once, and remove so many. */
const PAGE = 1000;
/** Published files go to caches as the service itself would send them. */
const CACHING = { 'cache-control': 'public, max-age=300, must-revalidate' };
const SEALED_TYPE = 'application/octet-stream';

/** Opens a bucket. The only place that knows the library; asks nothing yet. */
export function openBucket(settings: BucketSettings, timeoutMs?: number): Bucket {
  const { endpoint, bucket, prefix } = settings;
  const open = (untilAnswer: boolean) =>
    new S3mini({
      ...settings,
      endpoint: `${endpoint}/${bucket}`,
      fetch: patientFetch({ untilAnswer, ...(timeoutMs && { timeoutMs }) }),
    });
  const s3 = open(false);
  const streaming = open(true);
  const keyOf = (key: string) => prefix + key;

  return {
    put: (key, bytes, type = SEALED_TYPE) =>
      reach(async () => {
        const headers = (type === SEALED_TYPE ? {} : CACHING) as Record<`x-amz-${string}`, string>;
        const answer = await s3.putObject(keyOf(key), bytes, type, undefined, headers);
        await answer.arrayBuffer();
      }),

    get: (key) =>
      reach(async () => {
        const answer = await s3.getObjectRaw(keyOf(key)).catch(missing);
        return answer && Buffer.from(await answer.arrayBuffer());
      }),

    look: (key) =>
      reach(async () => {
        // The answer to HEAD cannot tell a missing object from a missing bucket.
        const answer = await s3.getObjectRaw(keyOf(key), false, 0, 1).catch(missing);
        await answer?.arrayBuffer();
        const size = Number(answer?.headers.get('content-range')?.split('/')[1]);
        return answer && { size, etag: answer.headers.get('etag') ?? '""' };
      }),

    stream: (key, range) =>
      reach(async () => {
        const { first = 0, last = 0 } = range ?? {};
        const asked = streaming.getObjectRaw(keyOf(key), !range, first, last + 1);
        const answer = await asked.catch(missing);
        return answer?.body ? Readable.fromWeb(answer.body as ReadableStream) : null;
      }),

    async *keys(start) {
      let token: string | undefined;
      do {
        const page = await reach(async () => {
          const found = await s3.listObjectsPaged('/', keyOf(start), PAGE, token);
          return found ?? Promise.reject(new S3ServiceError('There is no such bucket', 404));
        });
        for (const { Key } of page.objects ?? []) yield Key.slice(prefix.length);
        token = page.nextContinuationToken;
      } while (token);
    },

    remove: (keys) =>
      reach(async () => {
        for (let at = 0; at < keys.length; at += PAGE) {
          const gone = await s3.deleteObjects(keys.slice(at, at + PAGE).map(keyOf));
          if (gone.includes(false)) throw new Error('Not all objects could be removed');
        }
      }),

    upload: (key) => beginUpload(s3, keyOf(key)),

    abortUnfinished: (start, idleMs) =>
      reach(async () => {
        const before = Date.now() - idleMs;
        for (const { key, uploadId, begun } of await unfinishedUploads(s3, keyOf(start))) {
          if (begun <= before) await s3.abortMultipartUpload(key, uploadId).catch(missing);
        }
      }),
  };
}

/** All keys of a few. */
export async function collect(keys: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const key of keys) all.push(key);
  return all;
}
