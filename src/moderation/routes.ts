import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { needCsrf } from '../web/csrf.ts';
import { accountRoutes } from './account-routes.ts';
import { brakeRoutes } from './brake-routes.tsx';
import { deskRoutes } from './desk-routes.ts';
import { officeRoutes } from './office-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { moderationPages } from './show.tsx';
import type { ModerationTools } from './tools.ts';
import { webhookRoutes } from './webhook-routes.ts';

/** The desk: each route says whom it is for, and every change needs a CSRF token. */
export const moderationRoutes: FastifyPluginAsyncZod<ModerationTools> = async (app, tools) => {
  const pages = moderationPages(tools);
  needCsrf(app);

  await app.register(deskRoutes, tools);
  await app.register(brakeRoutes, tools);
  await app.register(peopleRoutes, tools);
  await app.register(webhookRoutes, tools);
  await app.register(accountRoutes, tools);
  await app.register(officeRoutes, tools);
  app.get('/moderation/outbox', { config: { audience: 'moderators' } }, pages.outbox);
};
