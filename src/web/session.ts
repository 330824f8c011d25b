import { randomBytes } from 'node:crypto';
import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import session from '@fastify/session';
import type { FastifyInstance, FastifyRequest, Session } from 'fastify';
import type { Keys } from '../keys.ts';
import type { Act } from '../submission/acts.ts';
import { Refusal } from '../submission/refusals.ts';

declare module 'fastify' {
  interface Session {
    moderatorId?: string;
    /** When the moderator signed in, in milliseconds since 1970. */
    startedAt?: number;
    /** What this session decided last, to be told and taken back. */
    lastDone?: LastDone;
  }
  interface FastifyRequest {
    moderator: SignedIn | null;
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
}

const SESSION_BYTES = 32;
const IDLE_MS = 30 * 60_000;
const LONGEST_MS = 12 * 60 * 60_000;

/** Where sessions are kept and moderators known: the store's verbs, as far as they are needed here. */
export interface SessionTools {
  sessions: {
    put(id: string, moderatorId: string, data: object, expiresAt: Date): Promise<void>;
    get(id: string, now: Date): Promise<object | null>;
    end(id: string): Promise<void>;
  };
  moderators: { active(id: string): Promise<SignedIn | null> };
  keys: Keys;
  /** Whether people reach the service by https, as PUBLIC_URL says. */
  secure: boolean;
  now: () => Date;
}

/** `__Host-` binds a cookie to this host and to https; plain http (a trial at home) cannot have it. */
export function cookieName(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name;
}

export function cookieOptions(secure: boolean) {
  return { path: '/', httpOnly: true, sameSite: 'strict' as const, secure };
}

/** Sessions of moderators: on the server, 30 minutes idle, 12 hours at most, with CSRF tokens. */
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
  await app.register(csrf, { sessionPlugin: '@fastify/session', getToken: sentToken });
  app.decorateRequest('moderator', null);
  app.addHook('onRequest', async (request) => {
    const { moderatorId } = request.session;
    if (moderatorId) request.moderator = await tools.moderators.active(moderatorId);
  });
}

/** Lets only signed-in moderators through. */
export async function moderatorsOnly(request: FastifyRequest): Promise<void> {
  if (!request.moderator) throw new Refusal('sign-in-needed');
}

/** Never from the query: addresses are written down in too many places. */
function sentToken(request: FastifyRequest): string | undefined {
  const header = request.headers['x-csrf-token'];
  if (typeof header === 'string') return header;
  const field = (request.body as { _csrf?: unknown } | undefined)?._csrf;
  return typeof field === 'string' ? field : undefined;
}

/** @fastify/session's store over rows. It speaks in callbacks. */
function sessionStore({ sessions, now }: SessionTools) {
  return {
    set(id: string, data: Session, done: (error?: unknown) => void) {
      const { moderatorId, startedAt } = data;
      // A session is nobody's before sign-in, and then it is not worth a row.
      if (!moderatorId || !startedAt) return done();
      const expiresAt = Math.min(now().getTime() + IDLE_MS, startedAt + LONGEST_MS);
      const plain = JSON.parse(JSON.stringify(data)) as object;
      sessions.put(id, moderatorId, plain, new Date(expiresAt)).then(() => done(), done);
    },
    get(id: string, done: (error: unknown, session?: Session | null) => void) {
      sessions.get(id, now()).then((data) => done(null, data as Session | null), done);
    },
    destroy(id: string, done: (error?: unknown) => void) {
      sessions.end(id).then(() => done(), done);
    },
  };
}
