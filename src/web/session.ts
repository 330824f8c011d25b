import { randomBytes } from 'node:crypto';
import cookie from '@fastify/cookie';
import session from '@fastify/session';
import type { FastifyInstance, FastifyRequest, Session } from 'fastify';
import type { Keys } from '../keys.ts';
import type { Act } from '../submission/acts.ts';
import { FRESH_MINUTES } from '../submission/limits.ts';
import type { Role } from '../submission/roles.ts';
import type { Audience } from './audience.tsx';
import { asRefusal } from './errors.tsx';

declare module 'fastify' {
  interface Session {
    moderatorId?: string;
    /** When the moderator signed in, in milliseconds since 1970. */
    startedAt?: number;
    /** What this session decided last, to be told and taken back. */
    lastDone?: LastDone;
    /** Whether they proved it with a passkey. */
    byPasskey?: boolean;
  }
  interface FastifyRequest {
    /** Who is signed in, all the way. */
    moderator: SignedIn | null;
    /** Whose session it is, also where a step is still missing. */
    person: SignedIn | null;
    standing: Audience;
    /** Whether the sign-in was a moment ago. */
    fresh: boolean;
  }
}

/** The submissions as the decision left them. */
interface LastDone {
  act: Act;
  decided: { id: string; version: number }[];
  late: number;
  told?: boolean;
}

/** A moderator whose session a request carries; `address` is null for somebody who was removed. */
export interface SignedIn {
  id: string;
  address: string | null;
  role: Role;
  /** How many they have. */
  passkeys: number;
}

const SESSION_BYTES = 32;
/** A session ends after so long without a request, and after so long in any case. */
export const IDLE_MS = 30 * 60_000;
const LONGEST_MS = 12 * 60 * 60_000;
/** A clock may be set right by so much while somebody works. */
const CLOCK_MS = 60_000;

/** Where sessions are kept and moderators known: the store's verbs, as far as they are needed here. */
export interface SessionTools {
  sessions: {
    begin(id: string, moderatorId: string, data: object, expiresAt: Date): Promise<void>;
    keep(id: string, data: object, expiresAt: Date): Promise<void>;
    touch(id: string, expiresAt: Date): Promise<void>;
    get(id: string, now: Date): Promise<object | null>;
    end(id: string): Promise<void>;
  };
  moderators: { active(id: string): Promise<SignedIn | null> };
  keys: Keys;
  /** Whether people reach the service by https, as PUBLIC_URL says. */
  secure: boolean;
  /** Whether nobody works here without a passkey. */
  requirePasskeys: boolean;
  now: () => Date;
}

/** `__Host-` binds a cookie to this host and to https; plain http (a trial at home) cannot have it. */
export function cookieName(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name;
}

export function cookieOptions(secure: boolean) {
  return { path: '/', httpOnly: true, sameSite: 'strict' as const, secure };
}

/** Sessions of moderators: on the server, 30 minutes idle, 12 hours at most. */
export async function addSessions(app: FastifyInstance, tools: SessionTools): Promise<void> {
  const { secure } = tools;
  await app.register(cookie);
  await app.register(session, {
    secret: tools.keys.key('cookies').toString('base64url'),
    cookieName: cookieName('session', secure),
    cookie: { ...cookieOptions(secure), maxAge: IDLE_MS },
    idGenerator: () => randomBytes(SESSION_BYTES).toString('base64url'),
    saveUninitialized: false,
    store: sessionStore(tools),
  });
  app.decorateRequest('moderator', null);
  app.decorateRequest('person', null);
  app.decorateRequest('standing', 'strangers');
  app.decorateRequest('fresh', false);
  app.addHook('onRequest', async (request) => {
    const { moderatorId, startedAt = 0 } = request.session;
    // One that began while the clock was ahead would last too long, and count as fresh.
    if (!moderatorId || startedAt > tools.now().getTime() + CLOCK_MS) return;
    request.person = await tools.moderators.active(moderatorId);
    request.standing = standingOf(request, tools.requirePasskeys);
    request.fresh = tools.now().getTime() - startedAt < FRESH_MINUTES * 60_000;
    const isIn = request.standing === 'moderators' || request.standing === 'admins';
    if (isIn) request.moderator = request.person;
  });
}

/** A mailed link alone opens nothing to somebody who has a passkey. */
function standingOf({ person, session }: FastifyRequest, requirePasskeys: boolean): Audience {
  if (!person) return 'strangers';
  if (person.passkeys > 0 && !session.byPasskey) return 'arriving';
  if (person.passkeys === 0 && requirePasskeys) return 'registering';
  return person.role === 'admin' ? 'admins' : 'moderators';
}

/** Begins a session under a new id; whatever session the browser had ends. */
export async function beginSession(
  { sessions, now }: Pick<SessionTools, 'sessions' | 'now'>,
  request: FastifyRequest,
  moderatorId: string,
  byPasskey: boolean,
): Promise<void> {
  await request.session.regenerate();
  const startedAt = now().getTime();
  Object.assign(request.session, { moderatorId, startedAt, byPasskey });
  const { sessionId } = request.session;
  const data = JSON.parse(JSON.stringify(request.session)) as object;
  await sessions.begin(sessionId, moderatorId, data, new Date(startedAt + IDLE_MS));
}

/** @fastify/session's store over rows. It speaks in callbacks. */
function sessionStore({ sessions, now }: SessionTools) {
  return {
    set(id: string, data: Session & { isModified(): boolean }, done: (error?: unknown) => void) {
      const { moderatorId, startedAt } = data;
      // A session is nobody's before sign-in, and then it is not worth a row.
      if (!moderatorId || !startedAt) return done();
      const expiresAt = new Date(Math.min(now().getTime() + IDLE_MS, startedAt + LONGEST_MS));
      const plain = JSON.parse(JSON.stringify(data)) as object;
      // A request that only read must not bring back what another one has changed meanwhile.
      const saved = data.isModified()
        ? sessions.keep(id, plain, expiresAt)
        : sessions.touch(id, expiresAt);
      // What was asked is done, or refused with a reason: an answer on its way is not to fail for this.
      saved.then(
        () => done(),
        (error) => done(asRefusal(error).code === 'busy' ? undefined : error),
      );
    },
    get(id: string, done: (error: unknown, session?: Session | null) => void) {
      sessions.get(id, now()).then((data) => done(null, data as Session | null), done);
    },
    destroy(id: string, done: (error?: unknown) => void) {
      sessions.end(id).then(() => done(), done);
    },
  };
}
