import type { FastifyRequest } from 'fastify';
import type { RefusalCode } from '../submission/refusals.ts';

/** What nobody meets who follows our pages, but for a page that was open too long. */
const TRIES: ReadonlySet<RefusalCode> = new Set([
  'foreign-origin',
  'csrf-invalid',
  'sign-in-needed',
  'sign-in-expired',
  'sign-in-stale',
  'passkey-needed',
  'passkey-missing',
  'passkey-refused',
  'admins-only',
  'brake-on',
  'too-many-requests',
]);
/** Whoever tries on and on shall not fill the disk. */
const LINES_A_MINUTE = 60;
const MINUTE_MS = 60_000;

const mayTell = openQuota(LINES_A_MINUTE);

/**
 * Logs a refusal at the doors of staff: which door, why, and whose session it was (OWASP ASVS 5.0,
 * 16.3). Strangers stay strangers, and of supporters' calls nothing is logged.
 */
export function logTry(request: FastifyRequest, code: RefusalCode): void {
  // Outside the staff side nobody has a session, so that there is not even a null.
  if (request.person === undefined || !TRIES.has(code) || !mayTell()) return;
  const { method, routeOptions, person } = request;
  const facts = { tried: code, method, route: routeOptions.url, moderator: person?.id ?? null };
  request.log.warn(facts, 'refused');
}

/** True for so many calls a minute. */
function openQuota(most: number): () => boolean {
  let [since, calls] = [0, 0];
  return () => {
    const now = Date.now();
    if (Math.abs(now - since) >= MINUTE_MS) [since, calls] = [now, 0];
    calls++;
    return calls <= most;
  };
}
