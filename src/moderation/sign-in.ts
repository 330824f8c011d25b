import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ModeratorView } from '../store/moderators.ts';
import { SIGN_IN_MINUTES } from '../submission/limits.ts';
import { Refusal } from '../submission/refusals.ts';
import { cookieName, cookieOptions } from '../web/session.ts';
import type { ModerationTools } from './tools.ts';

const SECRET_BYTES = 32;
/** Links of one moderator that are good at the same time: strangers can ask for mails, too. */
const MAX_OPEN_LINKS = 10;
/** Past this, links work in any browser: those strangers asked for then serve the moderator. */
const MAX_BOUND_LINKS = 5;

/**
 * Mails a sign-in link, if the address is a moderator's. The asker is answered without waiting
 * for this, so that neither the answer nor its time tells whose addresses are known.
 */
export async function sendLink(
  tools: ModerationTools,
  address: string,
  browser: string | null,
): Promise<void> {
  const { store, bell } = tools;
  const now = tools.now();
  const moderator = await store.moderators.byAddress(address);
  if (!moderator) return;
  const open = await store.moderators.openLinks(moderator.id, now);
  if (open >= MAX_OPEN_LINKS) return;
  const bound = open < MAX_BOUND_LINKS ? browser : null;
  const { token, expiresAt } = await makeLink(tools, moderator.id, bound);
  await store.outbox.queueSignIn(moderator.id, token, now, expiresAt);
  bell.ring();
}

/** A link that signs its moderator in once; with `browser` only where it was asked for. */
export async function makeLink(
  { store, keys, now }: Pick<ModerationTools, 'store' | 'keys' | 'now'>,
  moderatorId: string,
  browser: string | null,
): Promise<{ token: string; expiresAt: Date }> {
  const token = randomBytes(SECRET_BYTES).toString('base64url');
  const expiresAt = new Date(now().getTime() + SIGN_IN_MINUTES * 60_000);
  const digest = (secret: string) => keys.digest('sign-in', secret).toString('base64url');
  const browserHash = browser && digest(browser);
  await store.moderators.storeLink(
    { tokenHash: digest(token), moderatorId, browserHash, expiresAt },
    now(),
  );
  return { token, expiresAt };
}

/** Uses a link up and begins a session with a new id. Refuses with `sign-in-expired`. */
export async function signIn(
  { store, keys, now, secure }: ModerationTools,
  request: FastifyRequest,
  token: string,
): Promise<ModeratorView> {
  const digest = (secret: string) => keys.digest('sign-in', secret).toString('base64url');
  const browser = readBrowser(request, secure);
  const browserHash = browser && digest(browser);
  const moderator = await store.moderators.useLink(digest(token), browserHash, now());
  if (!moderator) throw new Refusal('sign-in-expired');
  await request.session.regenerate();
  request.session.moderatorId = moderator.id;
  request.session.startedAt = now().getTime();
  return moderator;
}

/** Ends the session on the server and in the browser. */
export async function signOut(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  await request.session.destroy();
  reply.header('clear-site-data', '"cache", "cookies", "storage"');
}

/** Marks the browser that is about to ask for a link, so that the link works only there. */
export function markBrowser(request: FastifyRequest, reply: FastifyReply, secure: boolean): void {
  if (readBrowser(request, secure)) return;
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const maxAge = SIGN_IN_MINUTES * 60 * 2;
  reply.setCookie(cookieName('asking', secure), secret, { ...cookieOptions(secure), maxAge });
}

export function readBrowser(request: FastifyRequest, secure: boolean): string | null {
  return request.cookies[cookieName('asking', secure)] ?? null;
}
