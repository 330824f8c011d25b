import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemSchema } from '../web/schemas.ts';
import { coversBody } from './cover.ts';
import { decisionPages } from './decision-pages.tsx';
import {
  claimSchema,
  decidedSchema,
  deskApi,
  outcomesSchema,
  photoParams,
  queueSchema,
} from './desk-api.ts';
import { deskPages } from './desk-pages.tsx';
import { editBody } from './edit.ts';
import { openEvents } from './events.ts';
import { approvalBody, decisionsBody, rejectionBody, reopeningBody } from './orders.ts';
import { queueQuery } from './read.ts';
import type { ModerationTools } from './tools.ts';

const tags = ['moderators'];
const params = z.object({ id: z.uuid() });
/** What any form posts: a field that was ticked several times is a list. */
const fields = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const problems = { default: problemSchema };
const staff = { config: { audience: 'moderators' } } as const;

/** The queue, one photo, and every decision about photos. */
export const deskRoutes: FastifyPluginAsyncZod<ModerationTools> = async (app, tools) => {
  const api = deskApi(tools);
  const pages = deskPages(tools);
  const decisions = decisionPages(tools, pages);
  const events = openEvents(tools);
  app.addHook('preClose', async () => events.close());

  const queue = { ...staff, schema: { querystring: queueQuery, hide: true } };
  app.get('/moderation', queue, pages.queue);
  app.get('/moderation/next', staff, pages.next);
  const shown = { ...staff, schema: { params, hide: true } };
  const form = { ...staff, schema: { params, body: fields, hide: true } };
  app.get('/moderation/submissions/:id', shown, pages.submission);
  app.post('/moderation/submissions/:id/approval', form, decisions.approve);
  app.post('/moderation/submissions/:id/rejection', form, decisions.reject);
  app.post('/moderation/submissions/:id/reopening', form, decisions.reopen);
  app.post('/moderation/submissions/:id/covers', form, decisions.cover);
  app.post('/moderation/submissions/:id/details', form, decisions.edit);
  const several = { ...staff, schema: { body: fields, hide: true } };
  app.post('/moderation/decisions', several, decisions.decideAll);
  app.post('/moderation/undo', several, decisions.undo);

  const act = (summary: string, body: z.ZodType) => ({
    ...staff,
    schema: { tags, summary, params, body, response: { 200: decidedSchema, ...problems } },
  });
  const read = <Query extends z.ZodType, Answer extends z.ZodType>(
    summary: string,
    querystring: Query,
    answer: Answer,
  ) => ({
    ...staff,
    schema: { tags, summary, querystring, response: { 200: answer, ...problems } },
  });
  const one = '/api/v1/moderation/submissions/:id';
  app.get(
    '/api/v1/moderation/submissions',
    read('The moderation queue, oldest first', queueQuery, queueSchema),
    api.queue,
  );
  app.get(
    `${one}/photo/:side`,
    {
      ...staff,
      schema: { tags, summary: 'The clean picture, 480, 960 or 1920 px', params: photoParams },
    },
    api.photo,
  );
  app.post(`${one}/approval`, act('Approve', approvalBody), api.approve);
  app.post(`${one}/rejection`, act('Reject', rejectionBody), api.reject);
  app.post(`${one}/reopening`, act('Reopen', reopeningBody), api.reopen);
  app.post(`${one}/covers`, act('Paint areas over for good', coversBody), api.cover);
  app.patch(one, act('Correct what the public reads', editBody), api.edit);
  app.post(
    `${one}/claim`,
    {
      ...staff,
      schema: {
        tags,
        summary: 'Tell colleagues that you have it open',
        params,
        response: { 200: claimSchema, ...problems },
      },
    },
    api.claim,
  );
  app.post(
    '/api/v1/moderation/decisions',
    {
      ...staff,
      schema: {
        tags,
        summary: 'Decide about several',
        body: decisionsBody,
        response: { 200: outcomesSchema, ...problems },
      },
    },
    api.decideAll,
  );
  app.get(
    '/api/v1/moderation/events',
    { ...staff, schema: { tags, summary: 'Changed photos, as server-sent events' } },
    events.listen,
  );
};
