import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../submission/refusals.ts';

/**
 * Refuses requests that another site made a browser send (OWASP CSRF: Fetch Metadata, with Origin
 * as the fallback). Our own pages send `Origin: null` where Fetch Metadata is missing, because they
 * send no referrer; what needs more certainty also asks for a CSRF token.
 */
export function sameOriginOnly(publicUrl: string) {
  const own = new URL(publicUrl).origin;
  return async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return;
    const site = request.headers['sec-fetch-site'];
    const origin = request.headers.origin;
    // "none" is a person's own doing: a bookmark, the address bar.
    const foreign = site
      ? site !== 'same-origin' && site !== 'none'
      : origin !== undefined &&
        origin !== 'null' &&
        origin !== own &&
        origin !== `http://${request.headers.host}`;
    if (foreign) throw new Refusal('foreign-origin');
  };
}
