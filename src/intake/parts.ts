import { createHash, type Hash } from 'node:crypto';
import { Transform } from 'node:stream';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { Photos } from '../store/photos.ts';
import { StoreDown } from '../store/store-down.ts';
import { MAX_PHOTO_BYTES } from '../submission/form.ts';
import { Refusal } from '../submission/refusals.ts';
import { cutWhenEndless, watchForStandstill } from './stuck.ts';
import type { IntakeTools } from './tools.ts';
import type { TakeTurn } from './turns.ts';

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

/** Largest body that can hold a photo of the largest size and all fields. */
export const MAX_BODY_BYTES = MAX_PHOTO_BYTES + MAX_FIELDS * MAX_FIELD_BYTES;

/**
 * Reads a multipart body, fields and file in any order, sealing the file to the disk as it
 * arrives. Fills `fields` as they come and returns the file's SHA-256, null without a file.
 * Throws a refusal for whatever a sender can do wrong; then the caller erases the file.
 */
export async function readParts(
  request: FastifyRequest,
  { photos, takeTurn }: Pick<IntakeTools, 'photos' | 'takeTurn'>,
  id: string,
  fields: Record<string, string>,
): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) {
    throw new Refusal('photo-too-large');
  }
  const stopCounting = cutWhenEndless(request, 2 * MAX_BODY_BYTES);
  const standstill = watchForStandstill(request);
  try {
    const receive = (part: MultipartFile) =>
      receiveFile(part, standstill.besides(photos), id, takeTurn);
    const all = readAll(request, receive, fields);
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
  receive: (part: MultipartFile) => Promise<Buffer | null>,
  fields: Record<string, string>,
): Promise<Buffer | null> {
  let photoDigest: Buffer | null = null;
  for await (const part of request.parts({ limits: MULTIPART_LIMITS })) {
    if (part.type === 'file') {
      const digest = await receive(part);
      if (part.fieldname === 'photo' && digest) photoDigest = digest;
    } else readField(fields, part);
  }
  return photoDigest;
}

/** A browser sends an empty file when none was chosen. */
async function receiveFile(
  part: MultipartFile,
  photos: Pick<Photos, 'receive'>,
  id: string,
  takeTurn: TakeTurn,
): Promise<Buffer | null> {
  if (part.fieldname !== 'photo') {
    part.file.resume();
    return null;
  }
  const hash = createHash('sha256');
  const measure = measured(hash, takeTurn);
  part.file.once('error', (error) => measure.destroy(error));
  await photos.receive(id, part.file.pipe(measure.stream));
  return measure.bytes() > 0 ? hash.digest() : null;
}

/** Counts and digests what passes in turn, and breaks off at the first byte over the limit. */
function measured(hash: Hash, takeTurn: TakeTurn) {
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > MAX_PHOTO_BYTES) return done(new Refusal('photo-too-large'));
      takeTurn(() => {
        hash.update(chunk);
        done(null, chunk);
      });
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
