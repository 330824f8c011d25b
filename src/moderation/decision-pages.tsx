import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Act } from '../submission/acts.ts';
import { type FieldError, Refusal } from '../submission/refusals.ts';
import { href } from '../web/page.ts';
import { pageContext } from '../web/request.ts';
import { moderatorOf } from './api.ts';
import { cover, readCovers } from './cover.ts';
import { type Current, decide, decideAll } from './decide.ts';
import { type DeskPages, filterOf } from './desk-pages.tsx';
import { edit, editBody } from './edit.ts';
import { type Asked, approvalBody, orderOf, rejectionBody, reopeningBody } from './orders.ts';
import { filterQuery } from './pages/item.ts';
import { nextOf } from './read.ts';
import type { ModerationTools } from './tools.ts';

type Fields = Record<string, string | string[] | undefined>;
const BODIES = { approval: approvalBody, rejection: rejectionBody, reopening: reopeningBody };
const ACT: Record<Asked['decision'], Act> = {
  approval: 'approved',
  rejection: 'rejected',
  reopening: 'reopened',
};
const BULK: Record<string, Asked['decision']> = {
  approve: 'approval',
  reject: 'rejection',
  reopen: 'reopening',
};

/** What the desk's forms do: the same acts as the API, each answered by the page that comes next. */
export function decisionPages(tools: ModerationTools, { showSubmission }: DeskPages) {
  /** To the next photo of the list, which says what was just done. */
  async function goOn(request: FastifyRequest, reply: FastifyReply, id: string | null) {
    const filter = filterOf(request);
    const next = await nextOf(tools, filter, id, moderatorOf(request));
    const path =
      next && filter.state === 'waiting' ? `/moderation/submissions/${next}` : '/moderation';
    return reply.redirect(href(pageContext(request), path, filterQuery(filter)), 303);
  }

  /** Runs an act of the single view; a refusal is shown on the same page. */
  const onOne =
    (act: (request: FastifyRequest, id: string, fields: Fields) => Promise<void>, stay = false) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const { id } = request.params as { id: string };
      try {
        await act(request, id, request.body as Fields);
      } catch (error) {
        if (!(error instanceof Refusal) || error.code === 'not-found') throw error;
        const { code, fields, extra } = error;
        const current = extra.current as Current | undefined;
        return showSubmission(request, reply.code(error.status), { code, fields, current });
      }
      const own = href(
        pageContext(request),
        `/moderation/submissions/${id}`,
        filterQuery(filterOf(request)),
      );
      return stay ? reply.redirect(own, 303) : goOn(request, reply, id);
    };

  const decideOne = (decision: Asked['decision']) =>
    onOne(async (request, id, fields) => {
      const order = orderOf(readOrder(decision, fields), id, moderatorOf(request));
      const { version } = await decide(tools, order);
      request.session.lastDone = { act: ACT[decision], late: 0, decided: [{ id, version }] };
    });

  async function decideMany(
    request: FastifyRequest,
    decision: Asked['decision'],
    picks: Pick[],
    fields: Fields,
  ) {
    const moderator = moderatorOf(request);
    const orders = picks.map(({ id, version }) =>
      orderOf(readOrder(decision, { ...fields, version: String(version) }), id, moderator),
    );
    const outcomes = await decideAll(tools, orders);
    const decided = outcomes.flatMap(({ id, version }) => (version ? [{ id, version }] : []));
    const late = outcomes.length - decided.length;
    request.session.lastDone = { act: ACT[decision], late, decided };
  }

  return {
    approve: decideOne('approval'),
    reject: decideOne('rejection'),
    reopen: decideOne('reopening'),

    cover: onOne(async (request, id, fields) => {
      const order = { ...readCovers(fields), id, moderatorId: moderatorOf(request) };
      const { version } = await cover(tools, order);
      request.session.lastDone = { act: 'covered', late: 0, decided: [{ id, version }] };
    }, true),

    edit: onOne(async (request, id, fields) => {
      const { version } = await edit(tools, id, moderatorOf(request), readBody(editBody, fields));
      request.session.lastDone = { act: 'edited', late: 0, decided: [{ id, version }] };
    }, true),

    async decideAll(request: FastifyRequest, reply: FastifyReply) {
      const fields = request.body as Fields;
      const decision = BULK[String(fields.decision)];
      if (!decision) throw new Refusal('request-invalid');
      await decideMany(request, decision, picksOf(fields), fields);
      const page = href(pageContext(request), '/moderation', filterQuery(filterOf(request)));
      return reply.redirect(page, 303);
    },

    async undo(request: FastifyRequest, reply: FastifyReply) {
      const { lastDone } = request.session;
      const [first] = lastDone?.decided ?? [];
      if (!lastDone || !first) return goOn(request, reply, null);
      await decideMany(request, 'reopening', lastDone.decided, {});
      const one = lastDone.decided.length === 1;
      const path = one ? `/moderation/submissions/${first.id}` : '/moderation';
      return reply.redirect(href(pageContext(request), path, filterQuery(filterOf(request))), 303);
    },
  };
}

interface Pick {
  id: string;
  version: number;
}

/** Ticked photos travel as `id:version`. */
function picksOf({ pick = [] }: Fields): Pick[] {
  return [pick].flat().map((each) => {
    const [id = '', version = ''] = each.split(':');
    return { id, version: Number(version) };
  });
}

/** Reads a form's flat fields as the body the API takes. */
function readOrder(decision: Asked['decision'], fields: Fields): Asked {
  const { flag, slogan, embassy } = fields;
  const body = { ...fields, criteria: { flag, slogan, embassy } };
  return { ...(readBody(BODIES[decision], body) as object), decision } as Asked;
}

function readBody<Schema extends z.ZodType>(schema: Schema, fields: object): z.output<Schema> {
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  throw new Refusal('request-invalid', { fields: parsed.error.issues.map(fieldOf) });
}

function fieldOf({ path, message }: z.core.$ZodIssue): FieldError {
  const field = String(path[0] ?? '');
  const known = { reason: 'reason-needed', version: 'version-needed' }[field];
  return { field, code: known ?? message };
}
