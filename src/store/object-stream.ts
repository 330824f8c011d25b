import { pipeline, type Readable, type Transform } from 'node:stream';
import type { Bucket } from './bucket.ts';
import { PART_BYTES, type Upload } from './bucket-uploads.ts';

/**
 * Puts what comes through `sealed` into an object as it arrives, holding no more than one part: a
 * small stream is one put, a larger one goes in parts. Rejects, leaving nothing, when `source` fails.
 */
export async function putStream(
  bucket: Bucket,
  key: string,
  source: Readable,
  sealed: Transform,
): Promise<void> {
  // The error of either end reaches the loop through the destroyed stream.
  pipeline(source, sealed, () => undefined);
  let upload: Upload | undefined;
  let waiting: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of sealed) {
      waiting.push(chunk);
      size += chunk.length;
      if (size < PART_BYTES) continue;
      upload ??= await bucket.upload(key);
      await upload.add(Buffer.concat(waiting));
      [waiting, size] = [[], 0];
    }
    const rest = Buffer.concat(waiting);
    if (!upload) return await bucket.put(key, rest);
    if (rest.length > 0) await upload.add(rest);
    await upload.finish();
  } catch (error) {
    await upload?.abort();
    throw error;
  }
}
