import formbody from '@fastify/formbody';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { privateAnswer } from '../web/headers.ts';
import { limited } from '../web/limits.ts';
import { href } from '../web/page.ts';
import { pageContext } from '../web/request.ts';
import { problemSchema } from '../web/schemas.ts';
import { moderatorsOnly } from '../web/session.ts';
import { linkBody, moderationApi, sessionBody, sessionSchema } from './api.ts';
import { brakeRoutes } from './brake-routes.tsx';
import { deskRoutes } from './desk-routes.ts';
import { officeRoutes } from './office-routes.ts';
import { moderationPages } from './show.tsx';
import type { ModerationTools } from './tools.ts';

const tags = ['moderators'];
/** What any form posts: a field that was ticked several times is a list. */
const fields = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const problems = { default: problemSchema };

/** Sign-in: the staff routes that strangers may call. */
export const signInRoutes: FastifyPluginAsyncZod<ModerationTools> = async (app, tools) => {
  const api = moderationApi(tools);
  const pages = moderationPages(tools);
  app.addHook('onRequest', privateAnswer);
  await app.register(formbody);

  const asking = { config: limited(20, 10) };
  app.get('/moderation/sign-in', pages.signInPage);
  const form = { ...asking, schema: { body: fields, hide: true } };
  app.post('/moderation/sign-in', form, pages.askLink);
  app.post('/moderation/session', form, pages.signIn);
  app.post(
    '/api/v1/session/link',
    { ...asking, schema: { tags, summary: 'Mail a sign-in link', body: linkBody } },
    api.askLink,
  );
  app.post(
    '/api/v1/session',
    {
      ...asking,
      schema: {
        tags,
        summary: 'Sign in with the token of a link',
        body: sessionBody,
        response: { 200: sessionSchema, ...problems },
      },
    },
    api.signIn,
  );
};

/** The desk: for signed-in moderators only, and every change with a CSRF token. */
export const moderationRoutes: FastifyPluginAsyncZod<ModerationTools> = async (app, tools) => {
  const api = moderationApi(tools);
  const pages = moderationPages(tools);
  app.addHook('onRequest', privateAnswer);
  app.addHook('onRequest', leadToSignIn);
  app.addHook('onRequest', moderatorsOnly);
  await app.register(formbody);
  app.addHook('preValidation', (request, reply, done) => {
    if (request.method === 'GET' || request.method === 'HEAD') done();
    else app.csrfProtection(request, reply, done);
  });

  await app.register(deskRoutes, tools);
  await app.register(brakeRoutes, tools);
  await app.register(officeRoutes, tools);
  app.get('/moderation/outbox', pages.outbox);
  app.post('/moderation/sign-out', pages.signOut);
  app.delete('/api/v1/session', { schema: { tags, summary: 'Sign out' } }, api.signOut);
};

/**
 * A person who is not signed in is led to the sign-in page. Coming from another site, a mail's
 * link for example, the browser has not sent the strict session cookie: one reload by our own
 * page, and it does.
 */
async function leadToSignIn(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const wantsPage = request.method === 'GET' && request.url.startsWith('/moderation');
  if (!wantsPage || request.moderator) return;
  if (request.headers['sec-fetch-site'] === 'cross-site') {
    const path = request.url.split('?', 1)[0];
    await reply.type('text/html').send(`<meta http-equiv="refresh" content="0; url=${path}">`);
    return;
  }
  await reply.redirect(href(pageContext(request), '/moderation/sign-in'), 303);
}
