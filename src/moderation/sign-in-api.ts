import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ROLES } from '../submission/roles.ts';
import { sayFor } from '../web/request.ts';
import { readBrowser } from './browser-mark.ts';
import type { passkeySignInBody } from './passkey-schemas.ts';
import { passkeyOptions, signInByPasskey } from './passkeys.ts';
import { sendLink, signIn, signOut } from './sign-in.ts';
import type { ModerationTools } from './tools.ts';

export const linkBody = z.object({ email: z.string().max(254) });
export const sessionBody = z.object({ token: z.string().max(200) });
export const sessionSchema = z
  .object({
    moderator: z.object({
      id: z.uuid(),
      address: z.string().nullable(),
      role: z.enum(ROLES),
    }),
    csrfToken: z.string(),
    needs: z.enum(['passkey', 'registration']).nullable().meta({
      description: 'What is missing before the session opens anything.',
    }),
  })
  .meta({ id: 'Session' });

/** The calls by which moderators come and go. */
export function signInApi(tools: ModerationTools) {
  return {
    async askLink(request: FastifyRequest, reply: FastifyReply) {
      const { email } = request.body as z.output<typeof linkBody>;
      mailLink(tools, request, email);
      return reply.code(202).send({});
    },

    async signIn(request: FastifyRequest, reply: FastifyReply) {
      const { token } = request.body as z.output<typeof sessionBody>;
      const moderator = await signIn(tools, request, token);
      const missing = tools.requirePasskeys ? ('registration' as const) : null;
      const needs = moderator.passkeys > 0 ? ('passkey' as const) : missing;
      return { moderator, csrfToken: reply.generateCsrf(), needs };
    },

    passkeyOptions: (request: FastifyRequest, reply: FastifyReply) =>
      passkeyOptions(tools, request, reply),

    async signInByPasskey(request: FastifyRequest, reply: FastifyReply) {
      const { credential } = request.body as z.output<typeof passkeySignInBody>;
      const moderator = await signInByPasskey(tools, request, credential);
      return { moderator, csrfToken: reply.generateCsrf(), needs: null };
    },

    async signOut(request: FastifyRequest, reply: FastifyReply) {
      await signOut(request, reply);
      return reply.code(204).send();
    },
  };
}

/** Answers before it has looked: the time of the answer tells nothing. */
export function mailLink(tools: ModerationTools, request: FastifyRequest, address: string): void {
  const browser = readBrowser(request, tools.secure);
  sendLink(tools, address, browser, sayFor(request).locale).catch((err: unknown) => {
    tools.log.error({ err }, 'sign-in link not queued');
  });
}
