import type { FastifyRequest } from 'fastify';
import type { Photos } from '../store/photos.ts';
import { Refusal } from '../submission/refusals.ts';

/** How long a body that is all there may take to be read to its end: its photo is synced to the disk. */
const LOOK_MS = 1_000;
const STANDSTILL_LOOKS = 10;
/** Longer than an object store is asked, twice, for the last part and for the whole. */
const STORING_LOOKS = 90;

/**
 * The multipart reader sometimes stands still over a large part it skips, and then says nothing
 * ever again. `found` rejects when the whole body has been there for a while.
 */
export function watchForStandstill({ raw }: FastifyRequest) {
  let looking: NodeJS.Timeout | undefined;
  let looks = 0;
  let patience = STANDSTILL_LOOKS;
  const found = new Promise<never>((_resolve, reject) => {
    looking = setInterval(() => {
      if (raw.complete && ++looks > patience) reject(new Refusal('form-malformed'));
    }, LOOK_MS);
  });
  return {
    found,
    stop: () => clearInterval(looking),

    /** The same photos; while they take one in, an object store may need longer. */
    besides: (photos: Photos): Pick<Photos, 'receive'> => ({
      async receive(id, photo) {
        patience = STORING_LOOKS;
        await photos.receive(id, photo);
        [patience, looks] = [STANDSTILL_LOOKS, 0];
      },
    }),
  };
}

/** What stands before, between and after the parts has no limit of its own, and no declared length. */
export function cutWhenEndless({ raw }: FastifyRequest, mostBytes: number): () => void {
  let bytes = 0;
  const count = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostBytes) raw.destroy();
  };
  raw.on('data', count);
  return () => raw.off('data', count);
}
