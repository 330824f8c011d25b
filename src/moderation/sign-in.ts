import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Locale } from '../i18n/messages.ts';
import type { ModeratorView } from '../store/moderators.ts';
import { SIGN_IN_MINUTES } from '../submission/limits.ts';
import { Refusal } from '../submission/refusals.ts';
import { sayFor } from '../web/request.ts';
import { cookieName, cookieOptions } from '../web/session.ts';
import type { ModerationTools } from './tools.ts';

const SECRET_BYTES = 32;
/**
 * Strangers can ask for mails, too. Past the first few, links work in any browser, so that those
 * a stranger asked for still serve the moderator: nobody can use up somebody else's sign-in.
 */
const LINK_LIMITS = { open: 10, bound: 5 };

type LinkTools = Pick<ModerationTools, 'store' | 'keys' | 'now'>;

/**
 * Mails a sign-in link, if the address is a moderator's. The asker is answered without waiting
 * for this, so that neither the answer nor its time tells whose addresses are known.
 */
export async function sendLink(
  tools: ModerationTools,
  address: string,
  browser: string | null,
  locale: Locale,
): Promise<void> {
  const { store, bell, now } = tools;
  const moderator = await store.moderators.byAddress(address);
  if (!moderator) return;
  const { token, link } = newLink(tools, moderator.id, browser);
  if (!(await store.moderators.storeLink(link, now(), LINK_LIMITS))) return;
  await store.outbox.queueSignIn(moderator.id, token, now(), link.expiresAt, locale);
  bell.ring();
}

/** A link that signs its moderator in once; with `browser` only where it was asked for. */
export async function makeLink(
  tools: LinkTools,
  moderatorId: string,
  browser: string | null,
): Promise<{ token: string }> {
  const { token, link } = newLink(tools, moderatorId, browser);
  await tools.store.moderators.storeLink(link, tools.now());
  return { token };
}

function newLink({ keys, now }: LinkTools, moderatorId: string, browser: string | null) {
  const token = randomBytes(SECRET_BYTES).toString('base64url');
  const digest = (secret: string) => keys.digest('sign-in', secret).toString('base64url');
  const browserHash = browser && digest(browser);
  const expiresAt = new Date(now().getTime() + SIGN_IN_MINUTES * 60_000);
  return { token, link: { tokenHash: digest(token), moderatorId, browserHash, expiresAt } };
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
  await store.moderators.speaks(moderator.id, sayFor(request).locale);
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
