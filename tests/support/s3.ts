import { mkdtemp, readdir, readFile, rm, unlink } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import type { BucketSettings } from '../../src/config.ts';
import { openGaps } from './s3-gaps.ts';

const BUCKET = 'photos';
/** What s3rver knows its one user by. */
const KEYS = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
const PREFIX = 'campaign/';
const LIE = '<Error><Code>InternalError</Code></Error>';

/** An object store on loopback, of files in a folder that is gone afterwards. */
export interface ObjectStore {
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
  /** Whether strangers may do as they like. */
  isOpen: boolean;
  /** What s3rver does not know by itself. */
  gaps: ReturnType<typeof openGaps>;
  /** Decides about each request before the store sees it; undefined: the store answers. */
  meddle: ((request: IncomingMessage) => Meddling) | undefined;
  close(): Promise<void>;
}

/** `cut` the connection, say that the store is `busy`, nothing ever, or a `200` that is an error. */
type Meddling = 'cut' | 'busy' | 'silent' | 'lying' | undefined;

export async function startObjectStore(): Promise<ObjectStore> {
  const directory = await mkdtemp(join(tmpdir(), 'objects-'));
  const s3 = new S3rver({ directory, silent: true, configureBuckets: [{ name: BUCKET }] });
  await s3.configureBuckets();
  const fileOf = (key: string, kind = 'object') =>
    join(directory, BUCKET, `${PREFIX}${key}._S3rver_${kind}`);
  // Its own removes folders while others write into them.
  s3.store.deleteObject = async (bucket: string, key: string) => {
    for (const kind of ['object', 'object.md5', 'metadata.json']) {
      await unlink(join(directory, bucket, `${key}._S3rver_${kind}`)).catch(() => undefined);
    }
  };
  const gaps = openGaps(s3, BUCKET, directory);
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
  const settings = { endpoint, bucket: BUCKET, prefix: PREFIX, region: 'us-east-1', ...KEYS };
  const store: ObjectStore = {
    settings,
    environment: {
      PHOTO_STORE: `s3://${BUCKET}/${PREFIX}`,
      S3_ENDPOINT: endpoint,
      S3_ACCESS_KEY_ID: KEYS.accessKeyId,
      S3_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    },
    async keys() {
      const names = await readdir(join(directory, BUCKET), { recursive: true });
      const objects = names.filter((name) => name.endsWith('._S3rver_object'));
      return objects.map((name) => name.slice(PREFIX.length, -'._S3rver_object'.length)).sort();
    },
    bytes: (key) => readFile(fileOf(key)),
    file: (key) => fileOf(key),
    unfinished: async () => (await gaps.uploads()).map(({ key }) => key),
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
