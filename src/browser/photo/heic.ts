import { bytesOf } from '../reveal/bytes.ts';
import { isDisplayP3 } from '../reveal/heif.ts';

/** A phone may take half a minute for its largest photos; a damaged file may take for ever. */
const PATIENCE_MS = 60_000;

/** Decodes a HEIC in a worker, which is loaded only now and ended afterwards. */
export function decodeHeic(content: Uint8Array<ArrayBuffer>): Promise<ImageBitmap> {
  const worker = new Worker(new URL('./heic-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<ImageBitmap>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('too slow')), PATIENCE_MS);
    worker.onmessage = ({ data }: MessageEvent<ImageBitmap | null>) => {
      clearTimeout(timer);
      if (data) resolve(data);
      else reject(new Error('not decoded'));
    };
    worker.onerror = () => reject(new Error('worker failed'));
    worker.postMessage({ content, wideColours: isDisplayP3(bytesOf(content)) });
  }).finally(() => worker.terminate());
}
