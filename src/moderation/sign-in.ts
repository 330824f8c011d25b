import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Locale } from '../i18n/messages.ts';
import { SIGN_IN_MINUTES } from '../submission/limits.ts';
import { Refusal } from '../submission/refusals.ts';
import { sayFor } from '../web/request.ts';
import { beginSession, type SignedIn } from '../web/session.ts';
import { readBrowser } from './browser-mark.ts';
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
  if (!(await store.signInLinks.put(link, now(), LINK_LIMITS))) return;
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
  await tools.store.signInLinks.put(link, tools.now());
  return { token };
}

function newLink({ keys, now }: LinkTools, moderatorId: string, browser: string | null) {
  const token = randomBytes(SECRET_BYTES).toString('base64url');
  const digest = (secret: string) => keys.digest('sign-in', secret).toString('base64url');
  const browserHash = browser && digest(browser);
  const expiresAt = new Date(now().getTime() + SIGN_IN_MINUTES * 60_000);
  return { token, link: { tokenHash: digest(token), moderatorId, browserHash, expiresAt } };
}

/**
 * Uses a link up and begins a session, which opens nothing yet to somebody who has a passkey.
 * Refuses with `sign-in-expired`.
 */
export async function signIn(
  tools: ModerationTools,
  request: FastifyRequest,
  token: string,
): Promise<SignedIn> {
  const { store, keys, now, secure } = tools;
  const digest = (secret: string) => keys.digest('sign-in', secret).toString('base64url');
  const browser = readBrowser(request, secure);
  const owner = await store.signInLinks.use(digest(token), browser && digest(browser), now());
  const moderator = owner && (await store.moderators.active(owner));
  if (!moderator) throw new Refusal('sign-in-expired');
  await welcome(tools, request, moderator.id, false);
  return moderator;
}

/** Begins a session of somebody who has proved who they are. */
export async function welcome(
  { store, now }: ModerationTools,
  request: FastifyRequest,
  moderatorId: string,
  byPasskey: boolean,
): Promise<void> {
  await store.moderators.speaks(moderatorId, sayFor(request).locale);
  await beginSession({ sessions: store.sessions, now }, request, moderatorId, byPasskey);
  request.log.info({ moderator: moderatorId, by: byPasskey ? 'passkey' : 'link' }, 'signed in');
}

/** Ends the session on the server and in the browser. */
export async function signOut(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  request.log.info({ moderator: request.person?.id }, 'signed out');
  await request.session.destroy();
  reply.header('clear-site-data', '"cache", "cookies", "storage"');
}
