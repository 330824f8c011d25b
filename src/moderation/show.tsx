import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { type FieldError, Refusal } from '../submission/refusals.ts';
import { STATES, type State } from '../submission/states.ts';
import { sendPage } from '../web/html.ts';
import { href, type StaffContext } from '../web/page.ts';
import { pageContext } from '../web/request.ts';
import { mailLink, moderatorOf } from './api.ts';
import { type Current, decide, decideAll } from './decide.ts';
import { type Asked, approvalBody, orderOf, rejectionBody, reopeningBody } from './orders.ts';
import { LogPage } from './pages/log.tsx';
import { OutboxPage } from './pages/outbox.tsx';
import { QueuePage } from './pages/queue.tsx';
import { SignInPage, type SignInStep } from './pages/sign-in.tsx';
import { SubmissionPage } from './pages/submission.tsx';
import { type LogQuery, type QueueQuery, readLog, readQueue, readSubmission } from './read.ts';
import { markBrowser, signIn, signOut } from './sign-in.ts';
import type { ModerationTools } from './tools.ts';

const HOUR_MS = 3_600_000;
const OUTBOX_SHOWN = 50;

type Fields = Record<string, string | string[] | undefined>;
const BODIES = { approval: approvalBody, rejection: rejectionBody, reopening: reopeningBody };

/** The moderators' pages: the same acts as the API, in plain forms. */
export function moderationPages(tools: ModerationTools) {
  const { store } = tools;

  function staff(request: FastifyRequest, reply: FastifyReply, path?: string): StaffContext {
    const { moderator } = request;
    return {
      ...pageContext(request),
      ...(path && { path }),
      csrf: moderator ? reply.generateCsrf() : '',
      moderator: moderator?.address ?? null,
    };
  }

  function showSignIn(request: FastifyRequest, reply: FastifyReply, step: SignInStep) {
    markBrowser(request, reply, tools.secure);
    const page = staff(request, reply, '/moderation/sign-in');
    return sendPage(reply, <SignInPage page={page} step={step} />);
  }

  async function showQueue(
    request: FastifyRequest,
    reply: FastifyReply,
    query: QueueQuery,
    outcomes?: { done: number; stale: number },
  ) {
    const { oldest } = await store.desk.waiting();
    const age = oldest && Math.floor((tools.now().getTime() - oldest.getTime()) / HOUR_MS);
    const page = staff(request, reply, '/moderation');
    const { items, nextCursor } = await readQueue(tools, query, page.say);
    return sendPage(
      reply,
      <QueuePage
        page={page}
        state={query.state}
        counts={await countStates(tools)}
        oldestHours={age}
        items={items}
        nextCursor={nextCursor}
        outcomes={outcomes}
      />,
    );
  }

  async function showSubmission(
    request: FastifyRequest,
    reply: FastifyReply,
    refusal?: { code: Refusal['code']; fields: FieldError[]; current?: Current | undefined },
  ) {
    const { id } = request.params as { id: string };
    const page = staff(request, reply, `/moderation/submissions/${id}`);
    const read = (wanted: string) => readSubmission(tools, wanted, page.say);
    const item = await read(id);
    const similar = await Promise.all(item.similar.map(read));
    const [next] = (await store.desk.list('waiting', 2)).filter((row) => row.id !== id);
    const current = refusal?.code === 'decided-already' ? refusal.current : undefined;
    return sendPage(
      reply,
      <SubmissionPage
        page={page}
        item={item}
        similar={similar.map(({ id: other, thumb, state }) => ({ id: other, thumb, state }))}
        notice={current && { ...current, state: current.state as State }}
        refusal={current ? undefined : refusal}
        nextId={next?.id ?? null}
      />,
    );
  }

  const decideOne =
    (decision: Asked['decision']) => async (request: FastifyRequest, reply: FastifyReply) => {
      const { id } = request.params as { id: string };
      try {
        const asked = readOrder(decision, request.body as Fields);
        await decide(tools, orderOf(asked, id, moderatorOf(request)));
      } catch (error) {
        if (!(error instanceof Refusal) || error.code === 'not-found') throw error;
        const { code, fields, extra } = error;
        const current = extra.current as Current | undefined;
        return showSubmission(request, reply.code(error.status), { code, fields, current });
      }
      return reply.redirect(href(pageContext(request), '/moderation'), 303);
    };

  return {
    async signInPage(request: FastifyRequest, reply: FastifyReply) {
      const { token } = request.query as { token?: string };
      const step: SignInStep = token ? { kind: 'confirm', token } : { kind: 'ask' };
      return showSignIn(request, reply, step);
    },

    async askLink(request: FastifyRequest, reply: FastifyReply) {
      mailLink(tools, request, String((request.body as Fields).email ?? ''));
      return showSignIn(request, reply, { kind: 'sent' });
    },

    async signIn(request: FastifyRequest, reply: FastifyReply) {
      try {
        await signIn(tools, request, String((request.body as Fields).token ?? ''));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return showSignIn(request, reply.code(error.status), { kind: 'ask', refusal: error.code });
      }
      return reply.redirect(href(pageContext(request), '/moderation'), 303);
    },

    async signOut(request: FastifyRequest, reply: FastifyReply) {
      await signOut(request, reply);
      return reply.redirect(href(pageContext(request), '/moderation/sign-in'), 303);
    },

    queue: (request: FastifyRequest, reply: FastifyReply) =>
      showQueue(request, reply, request.query as QueueQuery),

    submission: (request: FastifyRequest, reply: FastifyReply) => showSubmission(request, reply),

    approve: decideOne('approval'),
    reject: decideOne('rejection'),
    reopen: decideOne('reopening'),

    async decideAll(request: FastifyRequest, reply: FastifyReply) {
      const body = request.body as Fields;
      const decision = body.decision === 'approve' ? 'approval' : 'rejection';
      const moderator = moderatorOf(request);
      const orders = [body.pick ?? []].flat().map((pick) => {
        const [id = '', version = ''] = pick.split(':');
        return orderOf(readOrder(decision, { ...body, version }), id, moderator);
      });
      const outcomes = await decideAll(tools, orders);
      const done = outcomes.filter(({ status }) => status === 200).length;
      const query = { state: 'waiting', limit: 24 } as const;
      return showQueue(request, reply, query, { done, stale: outcomes.length - done });
    },

    async log(request: FastifyRequest, reply: FastifyReply) {
      const { items, nextCursor } = await readLog(tools, request.query as LogQuery);
      const page = staff(request, reply);
      return sendPage(reply, <LogPage page={page} rows={items} nextCursor={nextCursor} />);
    },

    async outbox(request: FastifyRequest, reply: FastifyReply) {
      const rows = await store.outbox.list(OUTBOX_SHOWN);
      const page = staff(request, reply);
      return sendPage(reply, <OutboxPage page={page} rows={rows} sending={tools.sending} />);
    },
  };
}

/** Reads a form's flat fields as the body the API takes. */
function readOrder(decision: Asked['decision'], fields: Fields): Asked {
  const { flag, slogan, embassy } = fields;
  const parsed = BODIES[decision].safeParse({ ...fields, criteria: { flag, slogan, embassy } });
  if (parsed.success) return { ...parsed.data, decision } as Asked;
  throw new Refusal('request-invalid', { fields: parsed.error.issues.map(fieldOf) });
}

function fieldOf({ path, message }: z.core.$ZodIssue): FieldError {
  const field = String(path[0] ?? '');
  const known = { reason: 'reason-needed', version: 'version-needed' }[field];
  return { field, code: known ?? message };
}

async function countStates({ store }: ModerationTools): Promise<Record<State, number>> {
  const counts = await Promise.all(STATES.map((state) => store.desk.count(state)));
  return Object.fromEntries(STATES.map((state, i) => [state, counts[i]])) as Record<State, number>;
}
