import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ModeratorView } from '../store/moderators.ts';
import type { SessionView } from '../store/sessions.ts';
import { Refusal } from '../submission/refusals.ts';
import { sendPage } from '../web/html.ts';
import { href } from '../web/page.ts';
import { pageContext } from '../web/request.ts';
import { IDLE_MS } from '../web/session.ts';
import { moderatorOf } from './api.ts';
import { type ACCOUNT_DONE, AccountPage } from './pages/account.tsx';
import type { SessionItem } from './pages/session-list.tsx';
import { staffPage } from './staff-page.ts';
import type { ModerationTools } from './tools.ts';

type Done = (typeof ACCOUNT_DONE)[number];

/** The page about oneself, in plain forms; only adding a passkey needs scripts. */
export function accountPages(tools: ModerationTools) {
  const { store, now } = tools;

  const back = (request: FastifyRequest, reply: FastifyReply, done: Done) =>
    reply.redirect(href(pageContext(request), '/moderation/account', { done }), 303);

  return {
    async account(request: FastifyRequest, reply: FastifyReply) {
      const id = moderatorOf(request);
      const { role, addedAt } = (await store.moderators.active(id)) as ModeratorView;
      const passkeys = await store.passkeys.of(id);
      const own = store.sessions.handleOf(request.session.sessionId);
      const sessions = await store.sessions.of(id, now());
      return sendPage(
        reply,
        <AccountPage
          page={staffPage(request, reply)}
          role={role}
          addedAt={addedAt.toISOString()}
          passkeys={passkeys.map((each) => ({ ...each, addedAt: each.addedAt.toISOString() }))}
          sessions={sessions.map((each) => describe(each, own))}
          fresh={request.fresh}
          done={(request.query as { done?: Done }).done}
        />,
      );
    },

    async endSession(request: FastifyRequest, reply: FastifyReply) {
      const { session } = request.body as { session?: string };
      await store.sessions.endOne(moderatorOf(request), String(session));
      return back(request, reply, 'session-ended');
    },

    async endOthers(request: FastifyRequest, reply: FastifyReply) {
      await store.sessions.endOthers(moderatorOf(request), request.session.sessionId);
      return back(request, reply, 'sessions-ended');
    },

    async removePasskey(request: FastifyRequest, reply: FastifyReply) {
      const { passkey } = request.body as { passkey?: string };
      const removed = await store.passkeys.remove(moderatorOf(request), String(passkey), now());
      if (!removed) throw new Refusal('not-found');
      return back(request, reply, 'passkey-removed');
    },
  };
}

/** When it was used last follows from when it would run out: nothing else is kept. */
function describe({ handle, data, expiresAt }: SessionView, own: string): SessionItem {
  const { startedAt } = data as { startedAt: number };
  const usedAt = Math.max(startedAt, expiresAt.getTime() - IDLE_MS);
  return {
    handle,
    startedAt: new Date(startedAt).toISOString(),
    usedAt: new Date(usedAt).toISOString(),
    own: handle === own,
  };
}
