import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ChallengePurpose } from '../store/challenges.ts';
import type { Passkey } from '../store/passkeys.ts';
import { CHALLENGE_MINUTES } from '../submission/limits.ts';
import { Refusal } from '../submission/refusals.ts';
import type { SignedIn } from '../web/session.ts';
import { browserOf, readBrowser } from './browser-mark.ts';
import type { NewCredential, SignedCredential } from './passkey-schemas.ts';
import { welcome } from './sign-in.ts';
import type { ModerationTools } from './tools.ts';
import {
  askToRegister,
  askToSignIn,
  challengeOf,
  checkSigned,
  readNew,
  siteOf,
} from './webauthn.ts';

const CHALLENGE_BYTES = 32;

/** What a browser needs to let one of somebody's passkeys sign; of a stranger's, any. */
export async function passkeyOptions(
  tools: ModerationTools,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const { person } = request;
  const known = person ? await tools.store.passkeys.of(person.id) : [];
  const challenge = await newChallenge(tools, request, reply, 'sign-in', person);
  return askToSignIn(siteOf(tools.publicUrl), known, challenge);
}

/** Lets the owner of a passkey in. Refuses with `passkey-refused`. */
export async function signInByPasskey(
  tools: ModerationTools,
  request: FastifyRequest,
  signed: SignedCredential,
): Promise<SignedIn> {
  const { store, publicUrl } = tools;
  const { challenge, askedOf } = await useChallenge(tools, request, 'sign-in', signed);
  const passkey = await store.passkeys.byId(signed.id);
  if (!passkey || (askedOf && askedOf !== passkey.moderatorId)) throw refused();
  const counter = await checkSigned(siteOf(publicUrl), signed, challenge, passkey).catch(refuse);
  const owner = await store.moderators.active(passkey.moderatorId);
  if (!owner || !(await store.passkeys.count(passkey, counter))) throw refused();
  await welcome(tools, request, owner.id, true);
  return owner;
}

/** What a browser needs to make a passkey for somebody. */
export async function registrationOptions(
  tools: ModerationTools,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const person = personOf(request);
  const known = await tools.store.passkeys.of(person.id);
  const challenge = await newChallenge(tools, request, reply, 'registration', person);
  return askToRegister(siteOf(tools.publicUrl), person, known, challenge);
}

/** Adds a passkey, with which its owner is signed in from now on. Refuses with `passkey-refused`. */
export async function registerPasskey(
  tools: ModerationTools,
  request: FastifyRequest,
  made: NewCredential,
  name: string,
): Promise<Passkey> {
  const person = personOf(request);
  const { challenge, askedOf } = await useChallenge(tools, request, 'registration', made);
  if (askedOf !== person.id) throw refused();
  const fresh = await readNew(siteOf(tools.publicUrl), made, challenge).catch(refuse);
  const passkey = { ...fresh, moderatorId: person.id, name };
  if (!(await tools.store.passkeys.add(passkey, tools.now()))) throw new Refusal('passkey-known');
  // Other sessions of theirs are asked for it from now on.
  request.session.byPasskey = true;
  return passkey;
}

async function newChallenge(
  tools: ModerationTools,
  request: FastifyRequest,
  reply: FastifyReply,
  purpose: ChallengePurpose,
  person: SignedIn | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const { store, secure, now } = tools;
  const challenge = new Uint8Array(randomBytes(CHALLENGE_BYTES));
  const hash = digest(tools, Buffer.from(challenge).toString('base64url'));
  const browserHash = digest(tools, browserOf(request, reply, secure));
  const expiresAt = new Date(now().getTime() + CHALLENGE_MINUTES * 60_000);
  const moderatorId = person?.id ?? null;
  await store.challenges.put({ hash, browserHash, purpose, moderatorId, expiresAt }, now());
  return challenge;
}

async function useChallenge(
  tools: ModerationTools,
  request: FastifyRequest,
  purpose: ChallengePurpose,
  answer: { response: { clientDataJSON: string } },
): Promise<{ challenge: string; askedOf: string | null }> {
  const challenge = await challengeOf(answer);
  const browser = readBrowser(request, tools.secure);
  if (!challenge || !browser) throw refused();
  const asked = { hash: digest(tools, challenge), browserHash: digest(tools, browser), purpose };
  const used = await tools.store.challenges.use(asked, tools.now());
  if (!used) throw refused();
  return { challenge, askedOf: used.moderatorId };
}

function digest({ keys }: ModerationTools, secret: string): string {
  return keys.digest('challenges', secret).toString('base64url');
}

/** Whose passkeys it is about, also while one is still missing. */
export function personOf(request: FastifyRequest): SignedIn {
  if (!request.person) throw new Refusal('sign-in-needed');
  return request.person;
}

function refused(cause?: unknown): Refusal {
  return new Refusal('passkey-refused', { cause });
}

function refuse(cause: unknown): never {
  throw refused(cause);
}
