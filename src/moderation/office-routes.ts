import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { problemSchema } from '../web/schemas.ts';
import { logFilter, logQuery, logSchema } from './log.ts';
import { mailsBody } from './mails.ts';
import { numbersSchema } from './numbers.ts';
import { office } from './office.tsx';
import type { ModerationTools } from './tools.ts';

const tags = ['moderators'];
const problems = { default: problemSchema };
const staff = { config: { audience: 'moderators' } } as const;

/** What moderators read and set beside the queue; registered behind the desk's door. */
export const officeRoutes: FastifyPluginAsyncZod<ModerationTools> = async (app, tools) => {
  const handle = office(tools);

  const page = { ...staff, schema: { querystring: logQuery, hide: true } };
  app.get('/moderation/log', page, handle.logPage);
  const file = { ...staff, schema: { querystring: logFilter, hide: true } };
  app.get('/moderation/log.csv', file, handle.logFile);
  app.get(
    '/api/v1/moderation/log',
    {
      ...staff,
      schema: {
        tags,
        summary: 'Who did what, newest first',
        querystring: logQuery,
        response: { 200: logSchema, ...problems },
      },
    },
    handle.log,
  );
  app.get('/moderation/numbers', { ...staff, schema: { hide: true } }, handle.numbersPage);
  app.get(
    '/api/v1/moderation/numbers',
    {
      ...staff,
      schema: {
        tags,
        summary: 'What happened in the last half year',
        response: { 200: numbersSchema, ...problems },
      },
    },
    handle.numbers,
  );
  const form = { ...staff, schema: { body: mailsBody, hide: true } };
  app.get('/moderation/mails', { ...staff, schema: { hide: true } }, handle.mailsPage);
  app.post('/moderation/mails', form, handle.setMails);
};
