import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../submission/refusals.ts';
import { asRefusal } from '../web/errors.tsx';
import { sendPage } from '../web/html.ts';
import { href } from '../web/page.ts';
import { pageContext } from '../web/request.ts';
import { idOf, moderatorOf } from './api.ts';
import { type WEBHOOKS_DONE, WebhooksPage, type WebhooksPageProps } from './pages/webhooks.tsx';
import { staffPage } from './staff-page.ts';
import type { ModerationTools } from './tools.ts';
import { addWebhook, webhookItem } from './webhooks.ts';

type Done = (typeof WEBHOOKS_DONE)[number];

/** The page of the sites that are called when photos come and go. */
export function webhookPages(tools: ModerationTools) {
  const { store, bell, now } = tools;

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    more: Partial<WebhooksPageProps> = {},
  ) {
    const page = staffPage(request, reply, '/moderation/webhooks');
    const webhooks = (await store.webhooks.list()).map(webhookItem);
    const passkeys = (await store.passkeys.of(moderatorOf(request))).length;
    const { done } = request.query as { done?: Done };
    const { fresh } = request;
    return sendPage(
      reply,
      <WebhooksPage {...{ page, webhooks, fresh, passkeys, done, ...more }} />,
    );
  }

  function back(request: FastifyRequest, reply: FastifyReply, found: boolean, done: Done) {
    if (!found) throw new Refusal('not-found');
    bell.ring();
    return reply.redirect(href(pageContext(request), '/moderation/webhooks', { done }), 303);
  }

  return {
    list: (request: FastifyRequest, reply: FastifyReply) => show(request, reply),

    /** Answers with the page itself: the secret must stand in no address. */
    async add(request: FastifyRequest, reply: FastifyReply) {
      const { url = '' } = request.body as { url?: string };
      try {
        const { url: known, secret } = await addWebhook(tools, String(url), moderatorOf(request));
        return await show(request, reply, { added: { host: new URL(known).host, secret } });
      } catch (error) {
        const { code, status, fields } = asRefusal(error);
        if (code !== 'form-invalid') throw error;
        return show(request, reply.code(status), { refusal: { code, fields }, url: String(url) });
      }
    },

    async remove(request: FastifyRequest, reply: FastifyReply) {
      const found = await store.webhooks.remove(idOf(request), moderatorOf(request), now());
      return back(request, reply, found, 'removed');
    },

    async restart(request: FastifyRequest, reply: FastifyReply) {
      const found = await store.webhooks.restart(idOf(request), moderatorOf(request), now());
      return back(request, reply, found, 'restarted');
    },

    async test(request: FastifyRequest, reply: FastifyReply) {
      return back(request, reply, await store.webhooks.test(idOf(request), now()), 'tested');
    },
  };
}
