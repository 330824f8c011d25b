import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../submission/refusals.ts';
import { sendPage } from '../web/html.ts';
import { href } from '../web/page.ts';
import { pageContext } from '../web/request.ts';
import { mailLink } from './api.ts';
import { OutboxPage } from './pages/outbox.tsx';
import { SignInPage, type SignInStep } from './pages/sign-in.tsx';
import { markBrowser, signIn, signOut } from './sign-in.ts';
import { staffPage } from './staff-page.ts';
import type { ModerationTools } from './tools.ts';

const OUTBOX_SHOWN = 50;

type Fields = Record<string, string | string[] | undefined>;

/** Signing in and out, the log, the outbox. */
export function moderationPages(tools: ModerationTools) {
  const { store } = tools;

  function showSignIn(request: FastifyRequest, reply: FastifyReply, step: SignInStep) {
    markBrowser(request, reply, tools.secure);
    const page = staffPage(request, reply, '/moderation/sign-in');
    return sendPage(reply, <SignInPage page={page} step={step} />);
  }

  return {
    async signInPage(request: FastifyRequest, reply: FastifyReply) {
      const { token } = request.query as { token?: string };
      const step: SignInStep = token ? { kind: 'confirm', token } : { kind: 'ask' };
      return showSignIn(request, reply, step);
    },

    async askLink(request: FastifyRequest, reply: FastifyReply) {
      mailLink(tools, request, String((request.body as Fields).email ?? ''));
      return showSignIn(request, reply, { kind: 'sent' });
    },

    async signIn(request: FastifyRequest, reply: FastifyReply) {
      try {
        await signIn(tools, request, String((request.body as Fields).token ?? ''));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return showSignIn(request, reply.code(error.status), { kind: 'ask', refusal: error.code });
      }
      return reply.redirect(href(pageContext(request), '/moderation'), 303);
    },

    async signOut(request: FastifyRequest, reply: FastifyReply) {
      await signOut(request, reply);
      return reply.redirect(href(pageContext(request), '/moderation/sign-in'), 303);
    },

    async outbox(request: FastifyRequest, reply: FastifyReply) {
      const rows = await store.outbox.list(OUTBOX_SHOWN);
      const page = staffPage(request, reply);
      return sendPage(reply, <OutboxPage page={page} rows={rows} sending={tools.sending} />);
    },
  };
}
