import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { campaign } from '../campaign/campaign.ts';
import type { Passkey } from '../store/passkeys.ts';
import { CHALLENGE_MINUTES } from '../submission/limits.ts';
import type { NewCredential, SignedCredential } from './passkey-schemas.ts';

/** Whose passkeys these are: a browser shows each only to the site it was made for. */
export interface PasskeySite {
  origin: string;
  rpId: string;
}

/** A passkey as it has just been made. */
export type NewPasskey = Pick<Passkey, 'id' | 'publicKey' | 'counter' | 'transports'>;

type Known = Pick<Passkey, 'id' | 'transports'>;

const TIMEOUT_MS = CHALLENGE_MINUTES * 60_000;
/** Large, and many days see nobody with a passkey: loaded when there is one. */
const library = () => import('@simplewebauthn/server');
/** What the database's counter holds. */
const MAX_COUNT = 2 ** 31 - 1;

export function siteOf(publicUrl: string): PasskeySite {
  const { origin, hostname } = new URL(publicUrl);
  return { origin, rpId: hostname };
}

/** Asks a browser to make a passkey that finds its owner by itself, behind finger, face or PIN. */
export async function askToRegister(
  { rpId }: PasskeySite,
  owner: { id: string; address: string | null },
  known: Known[],
  challenge: Uint8Array<ArrayBuffer>,
) {
  const { generateRegistrationOptions } = await library();
  return generateRegistrationOptions({
    rpName: campaign.name,
    rpID: rpId,
    userID: new Uint8Array(Buffer.from(owner.id)),
    userName: owner.address ?? '',
    challenge,
    timeout: TIMEOUT_MS,
    attestationType: 'none',
    excludeCredentials: known.map(asCredential),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** Asks a browser for one of these passkeys; without any, for whichever it has for this site. */
export async function askToSignIn(
  { rpId }: PasskeySite,
  known: Known[],
  challenge: Uint8Array<ArrayBuffer>,
) {
  const { generateAuthenticationOptions } = await library();
  return generateAuthenticationOptions({
    rpID: rpId,
    allowCredentials: known.map(asCredential),
    challenge,
    timeout: TIMEOUT_MS,
    userVerification: 'required',
  });
}

/** The challenge an answer was signed for; null when there is none to be read. */
export async function challengeOf(answer: {
  response: { clientDataJSON: string };
}): Promise<string | null> {
  const { decodeClientDataJSON } = await import('@simplewebauthn/server/helpers');
  try {
    const { challenge } = decodeClientDataJSON(answer.response.clientDataJSON);
    return typeof challenge === 'string' ? challenge : null;
  } catch {
    return null;
  }
}

/** Reads the passkey a browser has made for this challenge. Throws when anything about it is wrong. */
export async function readNew(
  { origin, rpId }: PasskeySite,
  made: NewCredential,
  expectedChallenge: string,
): Promise<NewPasskey> {
  const { verifyRegistrationResponse } = await library();
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: made as RegistrationResponseJSON,
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
  });
  if (!verified) throw new Error('not verified');
  const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
  return { id, publicKey, counter: countable(counter), transports };
}

/** Checks what a passkey has signed. Returns its new counter; throws when anything is wrong. */
export async function checkSigned(
  { origin, rpId }: PasskeySite,
  signed: SignedCredential,
  expectedChallenge: string,
  { id, publicKey, counter, moderatorId }: Passkey,
): Promise<number> {
  const { userHandle } = signed.response;
  const named = userHandle && Buffer.from(userHandle, 'base64url').toString();
  if (named && named !== moderatorId) throw new Error('made for somebody else');
  const { verifyAuthenticationResponse } = await library();
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: signed as AuthenticationResponseJSON,
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    credential: { id, publicKey, counter },
    requireUserVerification: true,
  });
  if (!verified) throw new Error('not verified');
  return countable(authenticationInfo.newCounter);
}

function asCredential({ id, transports }: Known) {
  return { id, transports };
}

function countable(counter: number): number {
  if (counter > MAX_COUNT) throw new Error('counts too far');
  return counter;
}
