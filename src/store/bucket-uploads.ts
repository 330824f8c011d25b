import type { S3mini } from 's3mini';
import { reach } from './store-down.ts';

/** An object that comes in parts. It is there, whole and durable, when `finish` resolves. */
export interface Upload {
  /** At least `PART_BYTES`, but for the last one. */
  add(part: Buffer): Promise<void>;
  finish(): Promise<void>;
  /** Leaves nothing. Never rejects: what it could not end, the sweep ends. */
  abort(): Promise<void>;
}

/** The least S3 takes for a part that is not the last. */
export const PART_BYTES = 5 * 1024 * 1024;

export async function beginUpload(s3: S3mini, key: string): Promise<Upload> {
  const id = await reach(() => s3.getMultipartUploadId(key));
  const parts: { partNumber: number; etag: string }[] = [];
  return {
    async add(part) {
      parts.push(await reach(() => s3.uploadPart(key, id, part, parts.length + 1)));
    },

    async finish() {
      // A store may say "200", and in the answer that it has failed.
      const { etag } = await reach(() => s3.completeMultipartUpload(key, id, parts));
      if (!etag) await reach(() => Promise.reject(new Error('An upload was not completed')));
    },

    async abort() {
      await s3.abortMultipartUpload(key, id).catch(() => undefined);
    },
  };
}

export interface UnfinishedUpload {
  key: string;
  uploadId: string;
  /** Milliseconds, by the store's clock. */
  begun: number;
}

/** How a store names them (S3's ListMultipartUploads); a single one is no list. */
interface Listed {
  ListMultipartUploadsResult?: { Upload?: ListedUpload | ListedUpload[] };
}
interface ListedUpload {
  Key: string;
  UploadId: string;
  Initiated: string;
}

/** The first thousand, as many as a store tells at once: the next sweep finds the others. */
export async function unfinishedUploads(s3: S3mini, start: string): Promise<UnfinishedUpload[]> {
  const answer = (await s3.listMultipartUploads('/', '', 'GET', { prefix: start })) as Listed;
  const found = answer.ListMultipartUploadsResult?.Upload ?? [];
  return [found].flat().map(({ Key, UploadId, Initiated }) => ({
    key: Key,
    uploadId: UploadId,
    begun: Date.parse(Initiated),
  }));
}
