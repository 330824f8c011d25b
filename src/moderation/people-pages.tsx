import type { FastifyReply, FastifyRequest } from 'fastify';
import { isAddress } from '../mail/address.ts';
import type { PeopleOutcome } from '../store/people.ts';
import { Refusal, type RefusalCode } from '../submission/refusals.ts';
import type { Role } from '../submission/roles.ts';
import type { FormRefusal } from '../web/components/form.tsx';
import { sendPage } from '../web/html.ts';
import { href } from '../web/page.ts';
import { pageContext, sayFor } from '../web/request.ts';
import { idOf, moderatorOf } from './api.ts';
import { type PEOPLE_DONE, PeoplePage } from './pages/people.tsx';
import type { PersonItem } from './pages/person.tsx';
import { staffPage } from './staff-page.ts';
import type { ModerationTools } from './tools.ts';

type Done = (typeof PEOPLE_DONE)[number];

const REFUSAL: Record<Exclude<PeopleOutcome, 'done'>, RefusalCode> = {
  unknown: 'not-found',
  'last-admin': 'last-admin',
  'not-allowed': 'admins-only',
};

/** The page of those who moderate. */
export function peoplePages(tools: ModerationTools) {
  const { store, bell, now } = tools;

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    refused: { refusal?: FormRefusal; email?: string } = {},
  ) {
    const page = staffPage(request, reply, '/moderation/people');
    const people = await describe(tools, moderatorOf(request));
    const { done } = request.query as { done?: Done };
    return sendPage(
      reply,
      <PeoplePage page={page} people={people} fresh={request.fresh} done={done} {...refused} />,
    );
  }

  /** Answers what became of an act: back to the list, or the list with the reason why not. */
  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    outcome: PeopleOutcome,
    done: Done,
  ) {
    if (outcome === 'done') {
      return reply.redirect(href(pageContext(request), '/moderation/people', { done }), 303);
    }
    const { code, status } = new Refusal(REFUSAL[outcome]);
    if (code !== 'last-admin') throw new Refusal(code);
    return show(request, reply.code(status), { refusal: { code, fields: [] } });
  }

  return {
    people: (request: FastifyRequest, reply: FastifyReply) => show(request, reply),

    async invite(request: FastifyRequest, reply: FastifyReply) {
      const email = String((request.body as { email?: string }).email ?? '').trim();
      if (!isAddress(email)) {
        const { code, status, fields } = new Refusal('form-invalid', {
          fields: [{ field: 'email', code: 'address-invalid' }],
        });
        return show(request, reply.code(status), { refusal: { code, fields }, email });
      }
      const known = await store.moderators.byAddress(email);
      const invitation = { by: moderatorOf(request), mailIn: sayFor(request).locale };
      await store.moderators.add(email, now(), invitation);
      bell.ring();
      return answer(request, reply, 'done', known ? 'known' : 'invited');
    },

    async setRole(request: FastifyRequest, reply: FastifyReply) {
      const { role } = request.body as { role: Role };
      const outcome = await store.people.setRole(idOf(request), role, moderatorOf(request), now());
      return answer(request, reply, outcome, `made-${role}`);
    },

    async resetAccess(request: FastifyRequest, reply: FastifyReply) {
      const outcome = await store.people.resetAccess(idOf(request), moderatorOf(request), now());
      return answer(request, reply, outcome, 'access-reset');
    },

    async remove(request: FastifyRequest, reply: FastifyReply) {
      const outcome = await store.people.remove(idOf(request), moderatorOf(request), now());
      return answer(request, reply, outcome, 'removed');
    },
  };
}

async function describe({ store }: ModerationTools, reader: string): Promise<PersonItem[]> {
  const people = await store.moderators.list();
  const admins = people.filter(({ role }) => role === 'admin');
  return people.map(({ id, address: known, role, addedAt, passkeys }) => ({
    id,
    address: known ?? '',
    role,
    addedAt: addedAt.toISOString(),
    passkeys,
    own: id === reader,
    last: role === 'admin' && admins.length === 1,
  }));
}
