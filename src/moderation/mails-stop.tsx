import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { mayUnsubscribe } from '../mail/unsubscribe.ts';
import { Refusal } from '../submission/refusals.ts';
import { sendPage } from '../web/html.ts';
import { pageContext } from '../web/request.ts';
import { MailsStopPage } from './pages/mails-stop.tsx';
import type { ModerationTools } from './tools.ts';

const PATH = '/moderation/mails/stop';
/** What RFC 8058 has mail providers send, as a form of either kind; our own button sends it, too. */
const ONE_CLICK = /List-Unsubscribe.*One-Click/s;
const MAX_BODY_BYTES = 4096;
const open = { config: { audience: 'strangers' }, schema: { hide: true } } as const;

/**
 * One click ends a moderator's digests, and does nothing else: the address in the mail's header is
 * all the authority there is, for mail providers have no session and send no origin.
 */
export const mailsStopRoutes: FastifyPluginAsyncZod<ModerationTools> = async (app, tools) => {
  app.removeAllContentTypeParsers();
  const asText = { parseAs: 'string', bodyLimit: MAX_BODY_BYTES } as const;
  app.addContentTypeParser('*', asText, (_request, body, done) => done(null, body));

  const show = (request: FastifyRequest, reply: FastifyReply, stopped: boolean) => {
    const query = request.query as Record<string, string>;
    const page = { ...pageContext(request), query, csrf: '', moderator: null, admin: false };
    return sendPage(reply, <MailsStopPage page={page} stopped={stopped} />);
  };

  app.get(PATH, open, async (request, reply) => {
    await readId(tools, request);
    return show(request, reply, false);
  });

  app.post(PATH, open, async (request, reply) => {
    const id = await readId(tools, request);
    if (!ONE_CLICK.test(String(request.body))) throw new Refusal('request-invalid');
    await tools.store.digests.stop(id, tools.now());
    return show(request, reply, true);
  });
};

/** Whose mails an address stops. Whatever is wrong with it is answered by the same `not-found`. */
async function readId({ keys, store }: ModerationTools, request: FastifyRequest): Promise<string> {
  const { m, k } = request.query as { m?: unknown; k?: unknown };
  const asked = typeof m === 'string' && typeof k === 'string' && mayUnsubscribe(keys, m, k);
  if (!asked || !(await store.digests.settings(m))) throw new Refusal('not-found');
  return m;
}
