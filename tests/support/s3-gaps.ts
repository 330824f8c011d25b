import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type S3rver from 's3rver';

/** Uploads in parts that were begun and not ended. */
export async function uploadsIn(directory: string, bucket: string) {
  const folder = folderOf(directory, bucket);
  const ids = existsSync(folder) ? await readdir(folder) : [];
  // One may end while they are read.
  const keys = ids.map((id) => readFile(join(folder, id, 'key'), 'utf8').catch(() => null));
  return (await Promise.all(keys)).flatMap((key, i) =>
    key === null ? [] : [{ id: ids[i] ?? '', key }],
  );
}

function folderOf(directory: string, bucket: string): string {
  return join(directory, bucket, '._S3rver_uploads');
}

/**
 * What s3rver does not know, or cannot do on a recent OpenSSL: lists of more than a page, lists of
 * uploads in parts and their end, and whether old versions are kept.
 */
export function openGaps(s3: S3rver, directory: string) {
  async function listObjects(bucket: string, query: URLSearchParams): Promise<string> {
    const { objects, isTruncated } = await s3.store.listObjects(bucket, {
      prefix: query.get('prefix') ?? '',
      startAfter: query.get('continuation-token') ?? '',
      maxKeys: Number(query.get('max-keys')),
    });
    const contents = objects.map(({ key }) => tag('Contents', tag('Key', key)));
    const next = isTruncated ? tag('NextContinuationToken', objects.at(-1)?.key ?? '') : '';
    return tag('ListBucketResult', tag('IsTruncated', isTruncated), ...contents, next);
  }

  async function listUploads(bucket: string, query: URLSearchParams): Promise<string> {
    const begun = tag('Initiated', new Date(Date.now() - 1000).toISOString());
    const prefix = query.get('prefix') ?? '';
    const wanted = (await uploadsIn(directory, bucket)).filter(({ key }) => key.startsWith(prefix));
    const found = wanted.map(({ key, id }) =>
      tag('Upload', tag('Key', key), tag('UploadId', id), begun),
    );
    return tag('ListMultipartUploadsResult', ...found);
  }

  return {
    hasVersions: false,

    /** Answers when it is about one of the gaps; false: it is not. */
    async fill({ method, url = '' }: IncomingMessage, response: ServerResponse): Promise<boolean> {
      const { pathname, searchParams: query } = new URL(url, 'http://store');
      const bucket = pathname.split('/')[1] ?? '';
      if (!existsSync(join(directory, bucket))) return false;
      const id = query.get('uploadId');
      if (method === 'DELETE' && id) {
        await rm(join(folderOf(directory, bucket), id), { recursive: true, force: true });
        response.writeHead(204).end();
      } else if (method === 'GET' && query.has('uploads'))
        response.end(await listUploads(bucket, query));
      else if (query.has('list-type')) response.end(await listObjects(bucket, query));
      else if (query.has('versioning')) {
        const status = this.hasVersions ? tag('Status', 'Enabled') : '';
        response.end(tag('VersioningConfiguration', status));
      } else return false;
      return true;
    },
  };
}

function tag(name: string, ...content: unknown[]): string {
  return `<${name}>${content.join('')}</${name}>`;
}
