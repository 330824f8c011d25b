import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { problemSchema } from '../web/schemas.ts';
import { logFilter, logQuery, logSchema } from './log.ts';
import { office } from './office.tsx';
import type { ModerationTools } from './tools.ts';

const tags = ['moderators'];
const problems = { default: problemSchema };

/** What moderators read and set beside the queue; registered behind the desk's door. */
export const officeRoutes: FastifyPluginAsyncZod<ModerationTools> = async (app, tools) => {
  const handle = office(tools);

  app.get('/moderation/log', { schema: { querystring: logQuery, hide: true } }, handle.logPage);
  app.get(
    '/moderation/log.csv',
    { schema: { querystring: logFilter, hide: true } },
    handle.logFile,
  );
  app.get(
    '/api/v1/moderation/log',
    {
      schema: {
        tags,
        summary: 'Who did what, newest first',
        querystring: logQuery,
        response: { 200: logSchema, ...problems },
      },
    },
    handle.log,
  );
};
