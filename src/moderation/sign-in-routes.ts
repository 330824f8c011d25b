import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { needCsrf } from '../web/csrf.ts';
import { limited } from '../web/limits.ts';
import { problemSchema } from '../web/schemas.ts';
import { passkeySignInBody, signInOptions } from './passkey-schemas.ts';
import { linkBody, sessionBody, sessionSchema, signInApi } from './sign-in-api.ts';
import { signInPages } from './sign-in-pages.tsx';
import type { ModerationTools } from './tools.ts';

const tags = ['moderators'];
const fields = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const problems = { default: problemSchema };

/** Coming and going. */
export const signInRoutes: FastifyPluginAsyncZod<ModerationTools> = async (app, tools) => {
  const api = signInApi(tools);
  const pages = signInPages(tools);

  const anybody = { config: { audience: 'strangers' } } as const;
  const asking = { config: { audience: 'strangers', ...limited(20, 10) } } as const;
  app.get('/moderation/sign-in', anybody, pages.signInPage);
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

  app.post(
    '/api/v1/session/passkey/options',
    {
      ...asking,
      schema: {
        tags,
        summary: 'What a passkey has to sign',
        response: { 200: signInOptions, ...problems },
      },
    },
    api.passkeyOptions,
  );
  app.post(
    '/api/v1/session/passkey',
    {
      ...asking,
      schema: {
        tags,
        summary: 'Sign in with what a passkey has signed',
        body: passkeySignInBody,
        response: { 200: sessionSchema, ...problems },
      },
    },
    api.signInByPasskey,
  );

  await app.register(async (leaving) => {
    needCsrf(leaving);
    const leave = { config: { audience: 'arriving' } } as const;
    leaving.post('/moderation/sign-out', leave, pages.signOut);
    const schema = { tags, summary: 'Sign out' };
    leaving.delete('/api/v1/session', { ...leave, schema }, api.signOut);
  });
};
