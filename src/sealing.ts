import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Transform } from 'node:stream';

/**
 * Sealed bytes: version (1), nonce (12), AES-256-GCM ciphertext, tag (16). The name of what is
 * sealed is authenticated with it, so that one sealed thing cannot be put in place of another.
 */
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + NONCE_BYTES;

/** The bytes were not sealed under this key and name, or were altered. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** Seals whatever is piped through it. */
export function sealStream(key: Buffer, name: string): Transform {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name));
  let started = false;
  const start = (stream: Transform) => {
    if (!started) stream.push(Buffer.concat([Buffer.of(VERSION), nonce]));
    started = true;
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      start(this);
      done(null, cipher.update(chunk));
    },
    flush(done) {
      start(this);
      done(null, Buffer.concat([cipher.final(), cipher.getAuthTag()]));
    },
  });
}

export function seal(key: Buffer, name: string, bytes: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name));
  const body = [cipher.update(bytes), cipher.final()];
  return Buffer.concat([Buffer.of(VERSION), nonce, ...body, cipher.getAuthTag()]);
}

/** Opens sealed bytes. Throws `SealBroken` rather than return anything unauthenticated. */
export function unseal(key: Buffer, name: string, sealed: Buffer): Buffer {
  if (sealed.length < HEADER_BYTES + TAG_BYTES || sealed[0] !== VERSION) throw new SealBroken(name);
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, HEADER_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(Buffer.from(name))
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    const body = decipher.update(sealed.subarray(HEADER_BYTES, -TAG_BYTES));
    // Throws when it is not what was sealed; in this mode nothing is left to come.
    decipher.final();
    return body;
  } catch (cause) {
    throw new SealBroken(name, { cause });
  }
}
