import { mkdtemp, readdir, readFile, rm, unlink } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import type { BucketSettings } from '../../src/config.ts';
import { openGaps, uploadsIn } from './s3-gaps.ts';

const BUCKET = 'photos';
/** What s3rver knows its one user by. */
const KEYS = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
const PREFIX = 'campaign/';
const LIE = '<Error><Code>InternalError</Code></Error>';

/** The objects of a test in a store, below a prefix of its own. */
export interface Objects {
  settings: BucketSettings;
  /** The same as variables of a service. */
  environment: Record<string, string>;
  /** Keys there are below the prefix, in order. */
  keys(): Promise<string[]>;
  /** Bytes of an object, to be looked at. */
  bytes(key: string): Promise<Buffer>;
  /** Where its bytes lie, to be altered. */
  file(key: string): string;
  /** Keys of uploads that were begun and not ended. */
  unfinished(): Promise<string[]>;
}

/** An object store on loopback, of files in a folder that is gone afterwards. */
export interface ObjectStore extends Objects {
  /** Where it is found by `openObjects`. */
  place: StorePlace;
  /** Whether strangers may do as they like. */
  isOpen: boolean;
  /** What s3rver does not know by itself. */
  gaps: ReturnType<typeof openGaps>;
  /** Decides about each request before the store sees it; undefined: the store answers. */
  meddle: ((request: IncomingMessage) => Meddling) | undefined;
  close(): Promise<void>;
}

/** A store that may run in another process: its address, and the folder it keeps everything in. */
export interface StorePlace {
  endpoint: string;
  directory: string;
}

/** `cut` the connection, say that the store is `busy`, nothing ever, or a `200` that is an error. */
type Meddling = 'cut' | 'busy' | 'silent' | 'lying' | undefined;

export async function startObjectStore(): Promise<ObjectStore> {
  const directory = await mkdtemp(join(tmpdir(), 'objects-'));
  const s3 = new S3rver({ directory, silent: true, configureBuckets: [{ name: BUCKET }] });
  await s3.configureBuckets();
  // Its own removes folders while others write into them.
  s3.store.deleteObject = async (bucket: string, key: string) => {
    for (const kind of ['object', 'object.md5', 'metadata.json']) {
      await unlink(join(directory, bucket, `${key}._S3rver_${kind}`)).catch(() => undefined);
    }
  };
  const gaps = openGaps(s3, directory);
  const answer = s3.callback();
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const meddling = store.meddle?.(request);
    const isStranger = !request.headers.authorization;
    if (meddling === 'cut') request.socket.destroy();
    else if (meddling === 'busy') response.writeHead(503).end();
    else if (meddling === 'lying') response.writeHead(200).end(LIE);
    else if (!meddling && isStranger && !store.isOpen) response.writeHead(403).end();
    else if (!meddling && !(await gaps.fill(request, response))) answer(request, response);
  }
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const store: ObjectStore = {
    ...openObjects({ endpoint, directory }, BUCKET, PREFIX),
    place: { endpoint, directory },
    isOpen: false,
    gaps,
    meddle: undefined,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true, force: true });
    },
  };
  return store;
}

/** What lies in a bucket of a store, read past it. */
export function openObjects(place: StorePlace, bucket: string, prefix: string): Objects {
  const { endpoint, directory } = place;
  const fileOf = (key: string) => join(directory, bucket, `${prefix}${key}._S3rver_object`);
  const below = (keys: string[]) =>
    keys
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length))
      .sort();
  return {
    settings: { endpoint, bucket, prefix, region: 'us-east-1', ...KEYS },
    environment: {
      PHOTO_STORE: `s3://${bucket}/${prefix}`,
      S3_ENDPOINT: endpoint,
      S3_ACCESS_KEY_ID: KEYS.accessKeyId,
      S3_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    },
    async keys() {
      const names = await readdir(join(directory, bucket), { recursive: true });
      const objects = names.filter((name) => name.endsWith('._S3rver_object'));
      return below(objects.map((name) => name.slice(0, -'._S3rver_object'.length)));
    },
    bytes: (key) => readFile(fileOf(key)),
    file: fileOf,
    unfinished: async () => below((await uploadsIn(directory, bucket)).map(({ key }) => key)),
  };
}
