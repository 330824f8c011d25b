import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SIGN_IN_MINUTES } from '../submission/limits.ts';
import { cookieName, cookieOptions } from '../web/session.ts';

const SECRET_BYTES = 32;

/**
 * Marks the browser that is about to ask, so that what it is given works only there. Coming from
 * another site, it has not shown the mark it may have.
 */
export function markBrowser(request: FastifyRequest, reply: FastifyReply, secure: boolean): void {
  if (request.headers['sec-fetch-site'] !== 'cross-site') browserOf(request, reply, secure);
}

/** What the browser is marked with; it is marked now when it was not yet. */
export function browserOf(request: FastifyRequest, reply: FastifyReply, secure: boolean): string {
  const known = readBrowser(request, secure);
  if (known) return known;
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const maxAge = SIGN_IN_MINUTES * 60 * 2;
  reply.setCookie(cookieName('asking', secure), secret, { ...cookieOptions(secure), maxAge });
  return secret;
}

export function readBrowser(request: FastifyRequest, secure: boolean): string | null {
  return request.cookies[cookieName('asking', secure)] ?? null;
}
