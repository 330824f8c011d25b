import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** Security headers of every answer (OWASP ASVS 5.0, 3.4). Nothing is inline, nothing is foreign. */
export async function addHeaders(app: FastifyInstance, secure: boolean): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'img-src': ["'self'", 'data:'],
        'style-src': ["'self'"],
        'script-src': ["'self'"],
        'connect-src': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'object-src': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    strictTransportSecurity: secure && { maxAge: 63_072_000 },
    xFrameOptions: { action: 'deny' },
  });
  // Not when it is sent: some answers are written by hand.
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('permissions-policy', 'camera=(), microphone=(), geolocation=(self), payment=()');
  });
}

/** For the page that shows a photo before it is sent: older browsers open it as an image element. */
export async function mayShowBlobs(_request: unknown, reply: HeaderReply): Promise<void> {
  const policy = String(reply.getHeader('content-security-policy'));
  reply.header('content-security-policy', policy.replace(/img-src [^;]*/, '$& blob:'));
}

/** For what only its reader should have: never kept by a browser, a proxy or a search engine. */
export async function privateAnswer(
  _request: unknown,
  reply: { header: HeaderSetter },
): Promise<void> {
  reply.header('cache-control', 'no-store');
  reply.header('x-robots-tag', 'noindex, nofollow');
}

interface HeaderReply {
  header: HeaderSetter;
  getHeader(name: string): unknown;
}

type HeaderSetter = (name: string, value: string) => unknown;
