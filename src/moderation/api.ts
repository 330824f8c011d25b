import type { FastifyRequest } from 'fastify';
import { Refusal } from '../submission/refusals.ts';

/** Who asks. Refuses with `sign-in-needed`. */
export function moderatorOf(request: FastifyRequest): string {
  if (!request.moderator) throw new Refusal('sign-in-needed');
  return request.moderator.id;
}
