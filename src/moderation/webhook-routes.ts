import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemSchema } from '../web/schemas.ts';
import { WEBHOOKS_DONE } from './pages/webhooks.tsx';
import type { ModerationTools } from './tools.ts';
import {
  addedWebhookSchema,
  webhookParams as params,
  webhookApi,
  webhookBody,
  webhooksSchema,
} from './webhook-api.ts';
import { webhookPages } from './webhook-pages.tsx';

const API = '/api/v1/moderation/webhooks';
const PAGE = '/moderation/webhooks';
const tags = ['moderators'];
const fields = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const query = z.object({
  done: z.enum(WEBHOOKS_DONE).optional(),
  lang: z.string().max(35).optional(),
});

/** Sites that are told when photos come and go: seen by admins, changed after a fresh sign-in. */
export const webhookRoutes: FastifyPluginAsyncZod<ModerationTools> = async (app, tools) => {
  const pages = webhookPages(tools);
  const api = webhookApi(tools);
  const admins = { config: { audience: 'admins' } } as const;
  const fresh = { config: { audience: 'admins', fresh: true } } as const;
  const form = { schema: { params, body: fields, hide: true } };

  app.get(PAGE, { ...admins, schema: { querystring: query, hide: true } }, pages.list);
  app.post(PAGE, { ...fresh, schema: { body: fields, hide: true } }, pages.add);
  app.post(`${PAGE}/:id/removal`, { ...fresh, ...form }, pages.remove);
  app.post(`${PAGE}/:id/restart`, { ...fresh, ...form }, pages.restart);
  app.post(`${PAGE}/:id/test`, { ...admins, ...form }, pages.test);

  const says = <Answer extends z.ZodType>(summary: string, status: number, answer: Answer) => ({
    tags,
    summary,
    response: { [status]: answer, default: problemSchema },
  });
  const nothing = z.null();
  app.get(API, { ...admins, schema: says('Sites that are called', 200, webhooksSchema) }, api.list);
  const add = says('Have a site called when photos come and go', 201, addedWebhookSchema);
  app.post(API, { ...fresh, schema: { ...add, body: webhookBody } }, api.add);
  const remove = says('Call a site no more', 204, nothing);
  app.delete(`${API}/:id`, { ...fresh, schema: { ...remove, params } }, api.remove);
  const restart = says('Call a site again that was given up', 204, nothing);
  app.post(`${API}/:id/restart`, { ...fresh, schema: { ...restart, params } }, api.restart);
  const test = says('Call a site with a test', 202, nothing);
  app.post(`${API}/:id/test`, { ...admins, schema: { ...test, params } }, api.test);
};
