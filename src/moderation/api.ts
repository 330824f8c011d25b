import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { EXPOSURES } from '../submission/exposure.ts';
import { PARTICIPANTS } from '../submission/form.ts';
import { Refusal } from '../submission/refusals.ts';
import { RENDITION_SIDES } from '../submission/renditions.ts';
import { STATES } from '../submission/states.ts';
import { sayFor } from '../web/request.ts';
import { checkSchema, checkView, embassySchema } from '../web/schemas.ts';
import { decide, decideAll } from './decide.ts';
import { type Asked, type decisionsBody, orderOf } from './orders.ts';
import { type LogQuery, type QueueQuery, readLog, readQueue } from './read.ts';
import { readBrowser, sendLink, signIn, signOut } from './sign-in.ts';
import type { ModerationTools } from './tools.ts';

export const linkBody = z.object({ email: z.string().max(254) });
export const sessionBody = z.object({ token: z.string().max(200) });
export const sessionSchema = z
  .object({
    moderator: z.object({ id: z.uuid(), address: z.string().nullable() }),
    csrfToken: z.string(),
  })
  .meta({ id: 'Session' });

export const queueSchema = z
  .object({
    items: z.array(
      z
        .object({
          id: z.uuid(),
          version: z.number().int(),
          state: z.enum(STATES),
          embassy: embassySchema,
          city: z.string(),
          exposure: z.enum(EXPOSURES),
          participant: z.enum(PARTICIPANTS),
          name: z.string().nullable(),
          message: z.string().nullable(),
          checks: z.array(checkSchema),
          similar: z.array(z.string()),
          photo: z
            .object({ url: z.string(), width: z.number().int(), height: z.number().int() })
            .nullable(),
          needsCover: z.boolean(),
          waitingHours: z.number().int(),
          decision: z
            .object({
              by: z.string(),
              at: z.string(),
              reason: z.string().nullable(),
              note: z.string().nullable(),
            })
            .nullable(),
        })
        .meta({ id: 'QueueItem' }),
    ),
    nextCursor: z.string().nullable(),
    total: z.number().int(),
  })
  .meta({ id: 'Queue' });

export const decidedSchema = z
  .object({ id: z.uuid(), state: z.enum(STATES), version: z.number().int() })
  .meta({ id: 'Decided' });

export const outcomesSchema = z
  .object({
    outcomes: z.array(
      z.object({
        id: z.string(),
        status: z.number().int(),
        state: z.string().optional(),
        version: z.number().int().optional(),
        code: z.string().optional(),
        current: z.record(z.string(), z.unknown()).optional(),
      }),
    ),
  })
  .meta({ id: 'Outcomes' });

export const logSchema = z
  .object({
    items: z.array(
      z.object({
        at: z.string(),
        moderator: z.string(),
        decision: z.string(),
        submissionId: z.string().nullable(),
        reason: z.string().nullable(),
        note: z.string().nullable(),
        criteria: z.record(z.string(), z.boolean()).nullable(),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'Log' });

export const photoParams = z.object({
  id: z.uuid(),
  side: z.coerce.number().pipe(z.union(RENDITION_SIDES.map((side) => z.literal(side)))),
});

/** The moderators' calls of the contract. */
export function moderationApi(tools: ModerationTools) {
  const { publicUrl } = tools;

  const decideOne = (decision: Asked['decision']) => async (request: FastifyRequest) => {
    const { id } = request.params as { id: string };
    const asked = { ...(request.body as object), decision } as Asked;
    return decide(tools, orderOf(asked, id, moderatorOf(request)));
  };

  return {
    async askLink(request: FastifyRequest, reply: FastifyReply) {
      const { email } = request.body as z.output<typeof linkBody>;
      mailLink(tools, request, email);
      return reply.code(202).send({});
    },

    async signIn(request: FastifyRequest, reply: FastifyReply) {
      const { token } = request.body as z.output<typeof sessionBody>;
      const moderator = await signIn(tools, request, token);
      return { moderator, csrfToken: reply.generateCsrf() };
    },

    async signOut(request: FastifyRequest, reply: FastifyReply) {
      await signOut(request, reply);
      return reply.code(204).send();
    },

    async queue(request: FastifyRequest): Promise<z.input<typeof queueSchema>> {
      const say = sayFor(request);
      const { items, ...rest } = await readQueue(tools, request.query as QueueQuery, say);
      const views = items.map((item) => ({
        ...item,
        checks: item.checks.map((check) => checkView(check, say)),
        photo: item.photo && { ...item.photo, url: publicUrl + item.photo.url },
      }));
      return { items: views, ...rest };
    },

    async photo(request: FastifyRequest, reply: FastifyReply) {
      const { id, side } = request.params as z.output<typeof photoParams>;
      const row = await tools.store.desk.byId(id);
      const bytes = row?.held && row.facts ? await tools.photos.open(id, `${side}`) : null;
      if (!bytes) throw new Refusal('not-found');
      return reply.type('image/jpeg').send(bytes);
    },

    approve: decideOne('approval'),
    reject: decideOne('rejection'),
    reopen: decideOne('reopening'),

    async decideAll(request: FastifyRequest) {
      const { decisions } = request.body as z.output<typeof decisionsBody>;
      const moderator = moderatorOf(request);
      const orders = decisions.map((asked) => orderOf(asked, asked.id, moderator));
      return { outcomes: await decideAll(tools, orders) };
    },

    log: (request: FastifyRequest) => readLog(tools, request.query as LogQuery),
  };
}

/** Answers before it has looked: the time of the answer tells nothing. */
export function mailLink(tools: ModerationTools, request: FastifyRequest, address: string): void {
  const browser = readBrowser(request, tools.secure);
  sendLink(tools, address, browser, sayFor(request).locale).catch((err: unknown) => {
    tools.log.error({ err }, 'sign-in link not queued');
  });
}

export function moderatorOf(request: FastifyRequest): string {
  if (!request.moderator) throw new Refusal('sign-in-needed');
  return request.moderator.id;
}
