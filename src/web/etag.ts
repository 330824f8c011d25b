import etag from '@fastify/etag';
import type { FastifyInstance } from 'fastify';

/**
 * Gives the answers of `app` validators, and says "not modified" to who has what would be sent.
 * Weak: the same tag stands for an answer and its compressed forms.
 */
export async function addEtags(app: FastifyInstance): Promise<void> {
  await app.register(etag, { weak: true, replyWith304: false });
  app.addHook('onSend', async ({ headers }, reply, payload) => {
    const tag = reply.getHeader('etag');
    if (reply.statusCode !== 200 || !isKnown(headers['if-none-match'], tag)) return payload;
    reply.code(304);
    return '';
  });
}

/** Whether a client has it: it may name several (RFC 9110, 13.1.2), and caches make tags weak. */
export function isKnown(known: string | undefined, tag: unknown): boolean {
  if (!known || typeof tag !== 'string') return false;
  const plain = (text: string) => text.trim().replace(/^W\//, '');
  return known.trim() === '*' || known.split(',').map(plain).includes(plain(tag));
}
