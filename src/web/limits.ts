import { hash, randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../submission/refusals.ts';
import { openBounded } from './bounded.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A call of the public API: all of them together have one generous limit. */
    counted?: boolean;
  }
}

const DAY_MS = 24 * 60 * 60_000;
const MINUTE_MS = 60_000;
/** Public calls of one client in a minute: whoever walks the whole gallery is well below. */
const PUBLIC_CALLS = 3_000;
/** Clients counted at once; a flood from more drives out only counts of others like them. */
const MOST_CLIENTS = 50_000;

/**
 * Counts requests per client without knowing any: an address is only ever a digest under a key
 * that is nowhere but in memory and is forgotten every day. Routes opt in with `config.rateLimit`.
 */
export async function addLimits(app: FastifyInstance, clientOf = openClientKeys()): Promise<void> {
  await app.register(rateLimit, {
    global: false,
    hook: 'onRequest',
    keyGenerator: (request: FastifyRequest) => clientOf(request.ip),
    errorResponseBuilder: (_request, { ttl }) =>
      new Refusal('too-many-requests', { retryAfter: Math.ceil(ttl / 1000) }),
  });
  countCalls(app, clientOf);
}

/**
 * Counts the calls of routes with `config.counted` and tells each how many are left. Comes before
 * everything else, so that it is right on answers from memory, too; those are sent even beyond the
 * limit, for they cost next to nothing.
 */
function countCalls(app: FastifyInstance, clientOf: (address: string) => string): void {
  const count = openMinute();
  const clientFor = rememberClients(clientOf);
  const waits = new WeakMap<FastifyRequest, number>();
  app.addHook('onRequest', (request, reply, done) => {
    if (!request.routeOptions.config?.counted) return done();
    const { calls, seconds } = count(clientFor(request));
    reply.header('x-ratelimit-limit', PUBLIC_CALLS);
    reply.header('x-ratelimit-remaining', Math.max(0, PUBLIC_CALLS - calls));
    reply.header('x-ratelimit-reset', seconds);
    if (calls > PUBLIC_CALLS) waits.set(request, seconds);
    done();
  });
  app.addHook('onRoute', (route) => {
    if (!route.config?.counted) return;
    // With the headers of the route, so that a page of another site may read why not.
    const refuse = async (request: FastifyRequest) => {
      const retryAfter = waits.get(request);
      if (retryAfter !== undefined) throw new Refusal('too-many-requests', { retryAfter });
    };
    route.onRequest = [...[route.onRequest ?? []].flat(), refuse];
  });
}

/**
 * The client of a request, found once for all that ask alike over a connection. The connection
 * knows the address anyway, and what is remembered goes with it.
 */
function rememberClients(clientOf: (address: string) => string) {
  const last = new WeakMap<object, { forwarded: unknown; client: string }>();
  return (request: FastifyRequest): string => {
    const { raw } = request;
    const forwarded = raw.headers['x-forwarded-for'];
    const known = last.get(raw.socket);
    if (known && known.forwarded === forwarded) return known.client;
    const client = clientOf(request.ip);
    last.set(raw.socket, { forwarded, client });
    return client;
  };
}

/**
 * Counts calls by client in the minute that runs, the same for all; then all begin anew. Not the
 * library's counter, which takes longer than an answer from memory does.
 */
function openMinute() {
  let ends = 0;
  let counts = openBounded<{ calls: number }>(MOST_CLIENTS, () => 1);
  return (client: string) => {
    const now = Date.now();
    if (now >= ends) {
      ends = now + MINUTE_MS;
      counts = openBounded<{ calls: number }>(MOST_CLIENTS, () => 1);
    }
    const tally = counts.get(client) ?? { calls: 0 };
    if (tally.calls === 0) counts.set(client, tally);
    tally.calls += 1;
    return { calls: tally.calls, seconds: Math.ceil((ends - now) / 1000) };
  };
}

/** Limits of a route; generous, for thirty people may stand behind one address. */
export function limited(max: number, minutes: number) {
  return { rateLimit: { max, timeWindow: minutes * 60_000 } };
}

const newKey = () => randomBytes(32).toString('base64url');

/** Makes of an address what stands for its client, until the key is forgotten. */
export function openClientKeys() {
  let key = newKey();
  let madeAt = Date.now();
  return (address: string): string => {
    if (Date.now() - madeAt > DAY_MS) {
      key = newKey();
      madeAt = Date.now();
    }
    return hash('sha256', key + network(address), 'base64url');
  };
}

/** Who has one IPv6 address has its whole /64. */
function network(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  const rest = tail?.split(':').filter(Boolean) ?? [];
  const zeros = tail === undefined ? 0 : 8 - groups.length - rest.length;
  const all = [...groups, ...Array<string>(zeros).fill('0'), ...rest];
  return all.slice(0, 4).join(':');
}
