import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Refusal } from '../submission/refusals.ts';
import { sendPage } from '../web/html.ts';
import { href } from '../web/page.ts';
import { pageContext } from '../web/request.ts';
import { moderatorOf } from './api.ts';
import { BrakePage } from './pages/brake.tsx';
import { staffPage } from './staff-page.ts';
import { takeBack, takeBackFrom } from './take-back.ts';
import type { ModerationTools } from './tools.ts';

const staff = { config: { audience: 'moderators' } } as const;
const params = z.object({ id: z.uuid() });
const fields = z.record(z.string(), z.string());
const query = z.object({
  done: z.coerce.number().int().optional(),
  lang: z.string().max(35).optional(),
});

/** The brake: who hid too much in an hour goes on when a second person says so. */
export const brakeRoutes: FastifyPluginAsyncZod<ModerationTools> = async (app, tools) => {
  const { store, now } = tools;

  async function show(request: FastifyRequest, reply: FastifyReply) {
    const recent = await store.brake.recent(takeBackFrom(now()));
    const names = await store.moderators.names(recent.map(({ id }) => id));
    const reader = moderatorOf(request);
    const people = recent.map((each) => ({
      ...each,
      name: names.get(each.id) ?? '',
      own: each.id === reader,
    }));
    const { done } = request.query as z.output<typeof query>;
    const page = staffPage(request, reply, '/moderation/brake');
    return sendPage(reply, <BrakePage page={page} people={people} done={done} />);
  }

  const back = (request: FastifyRequest, reply: FastifyReply, done?: number) =>
    reply.redirect(
      href(pageContext(request), '/moderation/brake', { done: done?.toString() }),
      303,
    );

  /** Nobody lets themselves go on. */
  function otherOf(request: FastifyRequest): string {
    const { id } = request.params as z.output<typeof params>;
    if (id === moderatorOf(request)) throw new Refusal('brake-on');
    return id;
  }

  app.get('/moderation/brake', { ...staff, schema: { querystring: query, hide: true } }, show);
  const form = { ...staff, schema: { params, body: fields, hide: true } };
  app.post('/moderation/brake/:id/release', form, async (request, reply) => {
    await store.brake.release(otherOf(request), moderatorOf(request), now());
    return back(request, reply);
  });
  app.post('/moderation/brake/:id/take-back', form, async (request, reply) => {
    return back(request, reply, await takeBack(tools, otherOf(request), moderatorOf(request)));
  });
};
