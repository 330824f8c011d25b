import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, unlink } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import type { BucketSettings } from '../../src/config.ts';

const BUCKET = 'photos';
/** What s3rver knows its one user by. */
const KEYS = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
const PREFIX = 'campaign/';

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
  const uploads = openUploads(join(directory, BUCKET, '._S3rver_uploads'));
  const answer = s3.callback();
  const server = createServer((request, response) => {
    const meddling = store.meddle?.(request);
    if (meddling === 'cut') request.socket.destroy();
    else if (meddling === 'busy') response.writeHead(503).end();
    else if (meddling === 'lying')
      response.writeHead(200).end('<Error><Code>InternalError</Code></Error>');
    else if (meddling !== 'silent')
      void uploads.answer(request, response, () => answer(request, response));
  });
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
    unfinished: async () => (await uploads.list()).map(({ key }) => key),
    meddle: undefined,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true, force: true });
    },
  };
  return store;
}

/** Listing and aborting uploads in parts, which s3rver does not know. */
function openUploads(folder: string) {
  async function list() {
    const ids = existsSync(folder) ? await readdir(folder) : [];
    const keys = ids.map((id) => readFile(join(folder, id, 'key'), 'utf8'));
    return (await Promise.all(keys)).map((key, i) => ({ id: ids[i] ?? '', key }));
  }

  return {
    list,

    async answer(
      { method, url = '' }: IncomingMessage,
      response: ServerResponse,
      pass: () => void,
    ) {
      const { searchParams: query } = new URL(url, 'http://store');
      const id = query.get('uploadId');
      if (method === 'DELETE' && id) {
        await rm(join(folder, id), { recursive: true, force: true });
        response.writeHead(204).end();
      } else if (method === 'GET' && query.has('uploads')) {
        const wanted = (await list()).filter(({ key }) =>
          key.startsWith(query.get('prefix') ?? ''),
        );
        const initiated = new Date(Date.now() - 1000).toISOString();
        const uploads = wanted.map(
          (each) =>
            `<Upload><Key>${each.key}</Key><UploadId>${each.id}</UploadId><Initiated>${initiated}</Initiated></Upload>`,
        );
        response.writeHead(200, { 'content-type': 'application/xml' });
        response.end(
          `<?xml version="1.0"?><ListMultipartUploadsResult>${uploads.join('')}</ListMultipartUploadsResult>`,
        );
      } else pass();
    },
  };
}
