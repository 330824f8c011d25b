import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refusal } from '../submission/refusals.ts';
import { idOf, moderatorOf } from './api.ts';
import type { ModerationTools } from './tools.ts';
import { addWebhook, webhookItem } from './webhooks.ts';

const day = z.string().nullable();
export const webhooksSchema = z
  .object({
    items: z.array(
      z
        .object({
          id: z.uuid(),
          url: z.string(),
          stoppedOn: day.meta({ description: 'Since when it is not called; null: it is.' }),
          failingSince: day,
          lastOutcome: z.string().nullable(),
          lastDay: day,
          waiting: z.number().int(),
        })
        .meta({ id: 'Webhook' }),
    ),
  })
  .meta({ id: 'Webhooks' });
export const webhookBody = z.object({ url: z.string().max(1000) });
export const addedWebhookSchema = z
  .object({
    id: z.uuid(),
    url: z.string(),
    secret: z.string().meta({ description: 'Told this once: `whsec_` and the key in base64.' }),
  })
  .meta({ id: 'AddedWebhook' });
export const webhookParams = z.object({ id: z.uuid() });

/** Calls about the sites that are told when photos come and go. */
export function webhookApi(tools: ModerationTools) {
  const { store, bell, now } = tools;

  const done = (reply: FastifyReply, found: boolean, status: number) => {
    if (!found) throw new Refusal('not-found');
    bell.ring();
    return reply.code(status).send();
  };

  return {
    list: async () => ({ items: (await store.webhooks.list()).map(webhookItem) }),

    async add(request: FastifyRequest, reply: FastifyReply) {
      const { url } = request.body as z.output<typeof webhookBody>;
      return reply.code(201).send(await addWebhook(tools, url, moderatorOf(request)));
    },

    remove: async (request: FastifyRequest, reply: FastifyReply) =>
      done(reply, await store.webhooks.remove(idOf(request), moderatorOf(request), now()), 204),

    restart: async (request: FastifyRequest, reply: FastifyReply) =>
      done(reply, await store.webhooks.restart(idOf(request), moderatorOf(request), now()), 204),

    test: async (request: FastifyRequest, reply: FastifyReply) =>
      done(reply, await store.webhooks.test(idOf(request), now()), 202),
  };
}
