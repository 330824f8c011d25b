import { createHmac, randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../submission/refusals.ts';

const DAY_MS = 24 * 60 * 60_000;

/**
 * Counts requests per client without knowing any: an address is only ever a digest under a key
 * that is nowhere but in memory and is forgotten every day. Routes opt in with `config.rateLimit`.
 */
export async function addLimits(app: FastifyInstance): Promise<void> {
  const clientOf = openClientKeys();
  await app.register(rateLimit, {
    global: false,
    hook: 'onRequest',
    keyGenerator: (request: FastifyRequest) => clientOf(request.ip),
    errorResponseBuilder: (_request, { ttl }) =>
      new Refusal('too-many-requests', { retryAfter: Math.ceil(ttl / 1000) }),
  });
}

/** Limits of a route; generous, for thirty people may stand behind one address. */
export function limited(max: number, minutes: number) {
  return { rateLimit: { max, timeWindow: minutes * 60_000 } };
}

function openClientKeys() {
  let key = randomBytes(32);
  let madeAt = Date.now();
  return (address: string): string => {
    if (Date.now() - madeAt > DAY_MS) {
      key = randomBytes(32);
      madeAt = Date.now();
    }
    return createHmac('sha256', key).update(network(address)).digest('base64url');
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
