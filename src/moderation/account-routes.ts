import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemSchema } from '../web/schemas.ts';
import { accountPages } from './account-pages.tsx';
import { ACCOUNT_DONE } from './pages/account.tsx';
import { passkeyApi } from './passkey-api.ts';
import {
  passkeyBody,
  passkeyParams,
  passkeySchema,
  passkeysSchema,
  registrationOptionsSchema,
} from './passkey-schemas.ts';
import type { ModerationTools } from './tools.ts';

const tags = ['moderators'];
const fields = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const query = z.object({
  done: z.enum(ACCOUNT_DONE).optional(),
  lang: z.string().max(35).optional(),
});
const problems = { default: problemSchema };

/** What people see and change about themselves: where they are signed in, and with which passkeys. */
export const accountRoutes: FastifyPluginAsyncZod<ModerationTools> = async (app, tools) => {
  const pages = accountPages(tools);
  const api = passkeyApi(tools);
  const own = { config: { audience: 'moderators' } } as const;
  const fresh = { config: { audience: 'moderators', fresh: true } } as const;
  const freshNewcomers = { config: { audience: 'registering', fresh: true } } as const;
  const form = { schema: { body: fields, hide: true } };

  app.get(
    '/moderation/account',
    { ...own, schema: { querystring: query, hide: true } },
    pages.account,
  );
  app.post('/moderation/account/sessions/one', { ...fresh, ...form }, pages.endSession);
  app.post('/moderation/account/sessions/others', { ...fresh, ...form }, pages.endOthers);
  app.post('/moderation/account/passkeys/removal', { ...fresh, ...form }, pages.removePasskey);

  const answers = <Answer extends z.ZodType>(summary: string, answer: Answer) => ({
    tags,
    summary,
    response: { 200: answer, ...problems },
  });
  app.get(
    '/api/v1/moderation/passkeys',
    { ...own, schema: answers('Your passkeys', passkeysSchema) },
    api.list,
  );
  app.post(
    '/api/v1/moderation/passkeys/options',
    {
      ...freshNewcomers,
      schema: answers('What a new passkey has to be like', registrationOptionsSchema),
    },
    api.options,
  );
  app.post(
    '/api/v1/moderation/passkeys',
    {
      ...freshNewcomers,
      schema: {
        tags,
        summary: 'Add a passkey; needs a sign-in of the last ten minutes',
        body: passkeyBody,
        response: { 201: passkeySchema, ...problems },
      },
    },
    api.add,
  );
  app.delete(
    '/api/v1/moderation/passkeys/:id',
    {
      ...fresh,
      schema: {
        tags,
        summary: 'Remove a passkey; needs a sign-in of the last ten minutes',
        params: passkeyParams,
        response: { 204: z.null(), ...problems },
      },
    },
    api.remove,
  );
};
