import type { FastifyRequest } from 'fastify';
import { Refusal } from '../submission/refusals.ts';

/** What a route with `:id` is about. */
export function idOf(request: FastifyRequest): string {
  return (request.params as { id: string }).id;
}

/** Who asks. Refuses with `sign-in-needed`. */
export function moderatorOf(request: FastifyRequest): string {
  if (!request.moderator) throw new Refusal('sign-in-needed');
  return request.moderator.id;
}
