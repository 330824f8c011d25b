import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { EXPOSURES } from '../submission/exposure.ts';
import { PARTICIPANTS } from '../submission/form.ts';
import { Refusal } from '../submission/refusals.ts';
import { RENDITION_SIDES } from '../submission/renditions.ts';
import { STATES } from '../submission/states.ts';
import { sayFor } from '../web/request.ts';
import { checkSchema, checkView, embassySchema } from '../web/schemas.ts';
import { moderatorOf } from './api.ts';
import { cover, type coversBody } from './cover.ts';
import { decide, decideAll } from './decide.ts';
import { edit, type editBody } from './edit.ts';
import { type Asked, type decisionsBody, orderOf } from './orders.ts';
import { type QueueQuery, readQueue } from './read.ts';
import type { ModerationTools } from './tools.ts';

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
          claim: z.object({ by: z.string(), mine: z.boolean() }).nullable(),
          alt: z.string().nullable(),
          needsCover: z.boolean(),
          covers: z.number().int(),
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

export const photoParams = z.object({
  id: z.uuid(),
  side: z.coerce.number().pipe(z.union(RENDITION_SIDES.map((side) => z.literal(side)))),
});

export const claimSchema = z
  .object({ by: z.string(), mine: z.boolean() })
  .meta({ id: 'Claim', description: 'Who has the photo open.' });

/** The calls of the contract about photos and decisions. */
export function deskApi(tools: ModerationTools) {
  const { publicUrl, store, now } = tools;

  const decideOne = (decision: Asked['decision']) => async (request: FastifyRequest) => {
    const { id } = request.params as { id: string };
    const asked = { ...(request.body as object), decision } as Asked;
    return decide(tools, orderOf(asked, id, moderatorOf(request)));
  };

  return {
    async queue(request: FastifyRequest): Promise<z.input<typeof queueSchema>> {
      const say = sayFor(request);
      const query = request.query as QueueQuery;
      const { items, ...rest } = await readQueue(tools, query, say, moderatorOf(request));
      const views = items.map((item) => ({
        ...item,
        checks: item.checks.map((check) => checkView(check, say)),
        photo: item.photo && { ...item.photo, url: publicUrl + item.photo.url },
      }));
      return { items: views, ...rest };
    },

    async photo(request: FastifyRequest, reply: FastifyReply) {
      const { id, side } = request.params as z.output<typeof photoParams>;
      const row = await store.desk.byId(id);
      const bytes = row?.held && row.facts ? await tools.photos.open(id, `${side}`) : null;
      if (!bytes) throw new Refusal('not-found');
      return reply.type('image/jpeg').send(bytes);
    },

    approve: decideOne('approval'),
    reject: decideOne('rejection'),
    reopen: decideOne('reopening'),

    async cover(request: FastifyRequest) {
      const { id } = request.params as { id: string };
      const body = request.body as z.output<typeof coversBody>;
      return cover(tools, { ...body, id, moderatorId: moderatorOf(request) });
    },

    edit(request: FastifyRequest) {
      const { id } = request.params as { id: string };
      return edit(tools, id, moderatorOf(request), request.body as z.output<typeof editBody>);
    },

    async claim(request: FastifyRequest) {
      const { id } = request.params as { id: string };
      const reader = moderatorOf(request);
      const row = await store.desk.byId(id);
      if (!row) throw new Refusal('not-found');
      const { moderatorId } = await store.claims.take(id, reader, now());
      const names = await store.moderators.names([moderatorId]);
      return { by: names.get(moderatorId) ?? '', mine: moderatorId === reader };
    },

    async decideAll(request: FastifyRequest) {
      const { decisions } = request.body as z.output<typeof decisionsBody>;
      const moderator = moderatorOf(request);
      const orders = decisions.map((asked) => orderOf(asked, asked.id, moderator));
      return { outcomes: await decideAll(tools, orders) };
    },
  };
}
