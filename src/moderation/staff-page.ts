import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StaffContext } from '../web/page.ts';
import { pageContext } from '../web/request.ts';

/** What a page of the staff side knows of its request. `path`: its address by GET, where a form is answered. */
export function staffPage(
  request: FastifyRequest,
  reply: FastifyReply,
  path?: string,
): StaffContext {
  const { moderator, person } = request;
  return {
    ...pageContext(request),
    ...(path && { path }),
    csrf: person ? reply.generateCsrf() : '',
    moderator: moderator?.address ?? null,
    admin: moderator?.role === 'admin',
  };
}
