import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../submission/refusals.ts';
import { sendPage } from '../web/html.ts';
import { href } from '../web/page.ts';
import { pageContext } from '../web/request.ts';
import { logTry } from '../web/tried.ts';
import { markBrowser } from './browser-mark.ts';
import { SignInPage, type SignInStep } from './pages/sign-in.tsx';
import { signIn, signOut } from './sign-in.ts';
import { mailLink } from './sign-in-api.ts';
import { staffPage } from './staff-page.ts';
import type { ModerationTools } from './tools.ts';

type Fields = Record<string, string | string[] | undefined>;

/** The same by plain forms. */
export function signInPages(tools: ModerationTools) {
  function show(request: FastifyRequest, reply: FastifyReply, step: SignInStep) {
    if (step.kind === 'ask') markBrowser(request, reply, tools.secure);
    const page = staffPage(request, reply, '/moderation/sign-in');
    return sendPage(reply, <SignInPage page={page} step={step} />);
  }

  return {
    async signInPage(request: FastifyRequest, reply: FastifyReply) {
      const { token } = request.query as { token?: string };
      return show(request, reply, token ? { kind: 'confirm', token } : stepOf(request));
    },

    async askLink(request: FastifyRequest, reply: FastifyReply) {
      mailLink(tools, request, String((request.body as Fields).email ?? ''));
      return show(request, reply, { kind: 'sent' });
    },

    async signIn(request: FastifyRequest, reply: FastifyReply) {
      try {
        await signIn(tools, request, String((request.body as Fields).token ?? ''));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        logTry(request, error.code);
        return show(request, reply.code(error.status), { kind: 'ask', refusal: error.code });
      }
      return reply.redirect(href(pageContext(request), '/moderation'), 303);
    },

    async signOut(request: FastifyRequest, reply: FastifyReply) {
      await signOut(request, reply);
      return reply.redirect(href(pageContext(request), '/moderation/sign-in'), 303);
    },
  };
}

/** What is next for somebody who may have come part of the way. */
function stepOf({ standing, fresh }: FastifyRequest): SignInStep {
  if (standing === 'arriving') return { kind: 'passkey' };
  if (standing !== 'registering') return { kind: 'ask' };
  return fresh ? { kind: 'registration' } : { kind: 'ask', refusal: 'sign-in-stale' };
}
