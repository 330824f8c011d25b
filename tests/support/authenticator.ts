import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What an authenticator and the browser around it are made to say otherwise. */
export interface Lie {
  origin?: string;
  rpId?: string;
  challenge?: string;
  type?: string;
  counter?: number;
  /** Whether it has seen finger, face or PIN. */
  verified?: boolean;
  userHandle?: string;
  /** Signs with another key. */
  forged?: boolean;
  /** Names another credential. */
  id?: string;
}

export interface Authenticator {
  /** The credential's id in base64url. */
  id: string;
  /** Answers `navigator.credentials.create()`, as JSON. */
  register(options: { challenge: string; user?: { id: string } }, lie?: Lie): object;
  /** Answers `navigator.credentials.get()`, as JSON. Counts up with each answer. */
  sign(options: { challenge: string }, lie?: Lie): object;
}

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;

/** An authenticator in software with one passkey (ES256), in a browser at `origin`. */
export function makeAuthenticator(origin = 'http://localhost:3000'): Authenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const credentialId = randomBytes(32);
  const id = credentialId.toString('base64url');
  let counter = 0;
  let owner: string | undefined;

  function authData(lie: Lie, more: Buffer[] = []): Buffer {
    const { rpId = new URL(origin).hostname, verified = true } = lie;
    const flags = USER_PRESENT | (verified ? USER_VERIFIED : 0) | (more.length && HAS_CREDENTIAL);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(lie.counter ?? ++counter);
    return Buffer.concat([sha256(rpId), Buffer.of(flags), count, ...more]);
  }

  const clientData = (type: string, asked: { challenge: string }, lie: Lie) =>
    Buffer.from(
      JSON.stringify({
        type: lie.type ?? type,
        challenge: lie.challenge ?? asked.challenge,
        origin: lie.origin ?? origin,
        crossOrigin: false,
      }),
    );

  const credential = (lie: Lie, response: object) => ({
    id: lie.id ?? id,
    rawId: lie.id ?? id,
    type: 'public-key',
    clientExtensionResults: {},
    response,
  });

  return {
    id,
    register(options, lie = {}) {
      owner = options.user?.id;
      const aaguid = Buffer.alloc(16);
      const length = Buffer.of(0, credentialId.length);
      const data = authData(lie, [aaguid, length, credentialId, coseKey(publicKey)]);
      return credential(lie, {
        clientDataJSON: clientData('webauthn.create', options, lie).toString('base64url'),
        attestationObject: attestation(data).toString('base64url'),
        transports: ['internal'],
      });
    },
    sign(options, lie = {}) {
      const told = clientData('webauthn.get', options, lie);
      const data = authData(lie);
      const key = lie.forged ? other : privateKey;
      return credential(lie, {
        clientDataJSON: told.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', Buffer.concat([data, sha256(told)]), key).toString('base64url'),
        userHandle: lie.userHandle ?? owner,
      });
    },
  };
}

function sha256(value: string | Buffer): Buffer {
  return createHash('sha256').update(value).digest();
}

/** The public key as COSE has it (RFC 9053): kty EC2, alg ES256, crv P-256, x, y; in CBOR. */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const head = Buffer.from('a50102032620012158', 'hex');
  const coordinate = (text: string) =>
    Buffer.concat([Buffer.of(32), Buffer.from(text, 'base64url')]);
  return Buffer.concat([head, coordinate(x), Buffer.from('2258', 'hex'), coordinate(y)]);
}

/** `{fmt: "none", attStmt: {}, authData}` in CBOR. */
function attestation(authData: Buffer): Buffer {
  const text = (value: string) =>
    Buffer.concat([Buffer.of(0x60 + value.length), Buffer.from(value)]);
  const length = Buffer.of(0x59, authData.length >> 8, authData.length & 255);
  return Buffer.concat([
    Buffer.of(0xa3),
    ...[text('fmt'), text('none'), text('attStmt'), Buffer.of(0xa0)],
    ...[text('authData'), length, authData],
  ]);
}
