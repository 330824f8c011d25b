import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ROLES } from '../submission/roles.ts';
import { PEOPLE_DONE } from './pages/people.tsx';
import { peoplePages } from './people-pages.tsx';
import type { ModerationTools } from './tools.ts';

const params = z.object({ id: z.uuid() });
const fields = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const query = z.object({
  done: z.enum(PEOPLE_DONE).optional(),
  lang: z.string().max(35).optional(),
});

/** Who moderates: seen and changed by admins, changed only by those who signed in a moment ago. */
export const peopleRoutes: FastifyPluginAsyncZod<ModerationTools> = async (app, tools) => {
  const pages = peoplePages(tools);
  const admins = { config: { audience: 'admins' } } as const;
  const fresh = { config: { audience: 'admins', fresh: true } } as const;
  const act = { ...fresh, schema: { params, body: fields, hide: true } };

  app.get(
    '/moderation/people',
    { ...admins, schema: { querystring: query, hide: true } },
    pages.people,
  );
  app.post('/moderation/people', { ...fresh, schema: { body: fields, hide: true } }, pages.invite);
  const role = { params, body: z.looseObject({ role: z.enum(ROLES) }), hide: true };
  app.post('/moderation/people/:id/role', { ...fresh, schema: role }, pages.setRole);
  app.post('/moderation/people/:id/access-reset', act, pages.resetAccess);
  app.post('/moderation/people/:id/removal', act, pages.remove);
};
