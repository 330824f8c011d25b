import type { FastifyReply } from 'fastify';

/** Caches may be five minutes late and must ask again then: a withdrawal reaches everybody. */
const FIVE_MINUTES = 'public, max-age=300, must-revalidate';

/** For the `onSend` of what many pages load: pictures, cards, what other sites embed. */
export async function mayBeLate(_request: unknown, reply: FastifyReply): Promise<void> {
  if (reply.statusCode < 400) reply.header('cache-control', FIVE_MINUTES);
}
