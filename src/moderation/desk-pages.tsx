import type { FastifyReply, FastifyRequest } from 'fastify';
import { embassyName } from '../campaign/embassy-name.ts';
import type { Say } from '../i18n/say.ts';
import type { FieldError, Refusal } from '../submission/refusals.ts';
import { STATES, type State } from '../submission/states.ts';
import { sendPage } from '../web/html.ts';
import { href } from '../web/page.ts';
import { pageContext } from '../web/request.ts';
import { moderatorOf } from './api.ts';
import type { Current } from './decide.ts';
import { type Flash, filterQuery as inQuery, type QueueFilter } from './pages/item.ts';
import { QueuePage } from './pages/queue.tsx';
import { SubmissionPage } from './pages/submission.tsx';
import {
  asDeskFilter,
  filterQuery,
  nextOf,
  previousOf,
  type QueueQuery,
  readQueue,
  readSubmission,
} from './read.ts';
import { staffPage } from './staff-page.ts';
import type { ModerationTools } from './tools.ts';

const HOUR_MS = 3_600_000;

/** The pages of the desk: the queue, and one photo. */
export function deskPages(tools: ModerationTools) {
  const { store } = tools;

  async function showSubmission(
    request: FastifyRequest,
    reply: FastifyReply,
    refusal?: { code: Refusal['code']; fields: FieldError[]; current?: Current | undefined },
  ) {
    const { id } = request.params as { id: string };
    const reader = moderatorOf(request);
    const filter = filterOf(request);
    const page = staffPage(request, reply, `/moderation/submissions/${id}`);
    const ahead = isAhead(request);
    const known = await store.desk.byId(id);
    if (known?.state === 'waiting' && !ahead) await store.claims.take(id, reader, tools.now());
    const item = await readSubmission(tools, id, page.say, reader);
    const look = (other: string) => readSubmission(tools, other, page.say, reader);
    const similar = await Promise.all(item.similar.map(look));
    const current = refusal?.code === 'decided-already' ? refusal.current : undefined;
    return sendPage(
      reply,
      <SubmissionPage
        page={page}
        filter={filter}
        item={item}
        similar={similar.map(({ id: other, thumb, state }) => ({ id: other, thumb, state }))}
        notice={current && { ...current, state: current.state as State }}
        refusal={current ? undefined : refusal}
        flash={ahead ? undefined : takeFlash(request)}
        nextId={await nextOf(tools, filter, id, reader)}
        previousId={await previousOf(tools, filter, id)}
        embassies={named(tools, page.say)}
        left={await store.desk.count(asDeskFilter(filter))}
      />,
    );
  }

  return {
    showSubmission,

    submission: (request: FastifyRequest, reply: FastifyReply) => showSubmission(request, reply),

    async queue(request: FastifyRequest, reply: FastifyReply) {
      const query = request.query as QueueQuery;
      const page = staffPage(request, reply, '/moderation');
      const { oldest, embassies } = await store.desk.waiting();
      const oldestHours =
        oldest && Math.floor((tools.now().getTime() - oldest.getTime()) / HOUR_MS);
      const { items, nextCursor } = await readQueue(tools, query, page.say, moderatorOf(request));
      const names = new Map(named(tools, page.say).map(({ slug, name }) => [slug, name]));
      return sendPage(
        reply,
        <QueuePage
          page={page}
          filter={filterOf(request)}
          view={query.view}
          counts={await countStates(tools)}
          aside={await store.desk.count({ state: 'waiting', aside: true })}
          oldestHours={oldestHours}
          embassies={embassies.map((each) => ({
            ...each,
            name: names.get(each.slug) ?? each.slug,
          }))}
          items={items}
          nextCursor={nextCursor}
          braked={await store.brake.anyPulled()}
          flash={isAhead(request) ? undefined : takeFlash(request)}
        />,
      );
    },

    /** Leads to the photo that has waited longest and that nobody has open. */
    async next(request: FastifyRequest, reply: FastifyReply) {
      const filter = filterOf(request);
      const id = await nextOf(tools, filter, null, moderatorOf(request));
      const path = id ? `/moderation/submissions/${id}` : '/moderation';
      return reply.redirect(href(pageContext(request), path, inQuery(filter)), 303);
    },
  };
}

export type DeskPages = ReturnType<typeof deskPages>;

/** Which list somebody works through, as the address says. What it does not say well is left out. */
export function filterOf(request: FastifyRequest): QueueFilter {
  const parsed = filterQuery.safeParse(request.query ?? {});
  if (!parsed.success) return { state: 'waiting' };
  const { state, embassy, exposure, warned, aside } = parsed.data;
  return { state, embassy, exposure, warned, aside };
}

/** A page fetched ahead, or to compare, is not one that somebody looks at. */
function isAhead({ headers }: FastifyRequest): boolean {
  return headers['x-preview'] === '1';
}

/** What was done last, told once; it can be taken back as long as nothing else was done. */
function takeFlash({ session }: FastifyRequest): Flash | undefined {
  const { lastDone } = session;
  if (!lastDone || lastDone.told) return undefined;
  session.lastDone = { ...lastDone, told: true };
  const { act, late, decided } = lastDone;
  const undo = decided.length > 0 && (act === 'approved' || act === 'rejected');
  return { act, done: decided.length, late, undo };
}

function named({ embassies }: ModerationTools, say: Say): { slug: string; name: string }[] {
  const names = [...embassies.values()].map((each) => ({
    slug: each.slug,
    name: embassyName(say, each),
  }));
  return names.sort((a, b) => a.name.localeCompare(b.name, say.locale));
}

async function countStates({ store }: ModerationTools): Promise<Record<State, number>> {
  const counts = await Promise.all(
    STATES.map((state) => store.desk.count({ state, aside: false })),
  );
  return Object.fromEntries(STATES.map((state, i) => [state, counts[i]])) as Record<State, number>;
}
