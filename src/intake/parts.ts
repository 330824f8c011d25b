import { createHash, type Hash } from 'node:crypto';
import { Transform } from 'node:stream';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { Photos } from '../store/photos.ts';
import { StoreDown } from '../store/store-down.ts';
import { MAX_PHOTO_BYTES } from '../submission/form.ts';
import { Refusal } from '../submission/refusals.ts';

/** Room for 100 areas as JSON, the longest field there is. */
const MAX_FIELD_BYTES = 16 * 1024;
const MAX_FIELDS = 20;
/** The multipart reader does not bound names. */
const MAX_NAME_LENGTH = 100;

/** Of @fastify/multipart. The photo's own limit sits in the stream; this one only backs it up. */
export const MULTIPART_LIMITS = {
  fileSize: MAX_PHOTO_BYTES + 1,
  files: 1,
  fields: MAX_FIELDS,
  parts: MAX_FIELDS + 1,
  fieldSize: MAX_FIELD_BYTES,
  headerPairs: 20,
};

/** How long a body that is all there may take to be read to its end: its photo is synced to the disk. */
const LOOK_MS = 1_000;
const STANDSTILL_LOOKS = 10;
/** Longer than an object store is asked, twice, for the last part and for the whole. */
const STORING_LOOKS = 90;

/** Largest body that can hold a photo of the largest size and all fields. */
export const MAX_BODY_BYTES = MAX_PHOTO_BYTES + MAX_FIELDS * MAX_FIELD_BYTES;

/**
 * Reads a multipart body, fields and file in any order, sealing the file to the disk as it
 * arrives. Fills `fields` as they come and returns the file's SHA-256, null without a file.
 * Throws a refusal for whatever a sender can do wrong; then the caller erases the file.
 */
export async function readParts(
  request: FastifyRequest,
  photos: Photos,
  id: string,
  fields: Record<string, string>,
): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) {
    throw new Refusal('photo-too-large');
  }
  const stopCounting = cutWhenEndless(request);
  const standstill = watchForStandstill(request);
  try {
    const all = readAll(request, standstill.besides(photos), id, fields);
    return await Promise.race([all, standstill.found]);
  } catch (error) {
    throw isOurs(error) ? error : new Refusal('form-malformed', { cause: error });
  } finally {
    stopCounting();
    standstill.stop();
  }
}

async function readAll(
  request: FastifyRequest,
  photos: Pick<Photos, 'receive'>,
  id: string,
  fields: Record<string, string>,
): Promise<Buffer | null> {
  let photoDigest: Buffer | null = null;
  for await (const part of request.parts({ limits: MULTIPART_LIMITS })) {
    if (part.type === 'file') {
      const digest = await receiveFile(part, photos, id);
      if (part.fieldname === 'photo' && digest) photoDigest = digest;
    } else readField(fields, part);
  }
  return photoDigest;
}

/**
 * The multipart reader sometimes stands still over a large part it skips, and then says nothing
 * ever again. `found` rejects when the whole body has been there for a while.
 */
function watchForStandstill({ raw }: FastifyRequest) {
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
function cutWhenEndless({ raw }: FastifyRequest): () => void {
  let bytes = 0;
  const count = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > 2 * MAX_BODY_BYTES) raw.destroy();
  };
  raw.on('data', count);
  return () => raw.off('data', count);
}

/** A browser sends an empty file when none was chosen. */
async function receiveFile(
  part: MultipartFile,
  photos: Pick<Photos, 'receive'>,
  id: string,
): Promise<Buffer | null> {
  if (part.fieldname !== 'photo') {
    part.file.resume();
    return null;
  }
  const hash = createHash('sha256');
  const measure = measured(hash);
  part.file.once('error', (error) => measure.destroy(error));
  await photos.receive(id, part.file.pipe(measure.stream));
  return measure.bytes() > 0 ? hash.digest() : null;
}

/** Counts and digests what passes, and breaks off at the first byte over the limit. */
function measured(hash: Hash) {
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      if (bytes > MAX_PHOTO_BYTES) done(new Refusal('photo-too-large'));
      else done(null, chunk);
    },
  });
  return { stream, bytes: () => bytes, destroy: (error: Error) => stream.destroy(error) };
}

interface Field {
  fieldname: string;
  value: unknown;
  valueTruncated: boolean;
}

/** A field sent twice would let two readers of the form see two different things. */
function readField(fields: Record<string, string>, field: Field): void {
  const isLong = field.fieldname.length > MAX_NAME_LENGTH;
  if (field.valueTruncated || isLong) throw new Refusal('form-too-large');
  if (field.fieldname in fields) throw new Refusal('form-malformed');
  fields[field.fieldname] = String(field.value);
}

/** Refusals, limits of the multipart reader, and troubles of disk or store; the rest is the sender's body. */
function isOurs(error: unknown): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException;
  const fromDisk = syscall !== undefined && code !== 'ECONNRESET';
  const ours = error instanceof Refusal || error instanceof StoreDown;
  return ours || fromDisk || code?.startsWith('FST_') === true;
}
