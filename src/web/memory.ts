import type { OutgoingHttpHeader } from 'node:http';
import { Stream } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { openBounded } from './bounded.ts';
import { isKnown } from './etag.ts';
import { hasBody } from './unread.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers may be sent again, as they are, until something public changes. */
    kept?: boolean;
  }
}

/** Bytes kept at most; the answers kept longest go first. */
const MAX_BYTES = 32 * 1024 * 1024;

interface Answer {
  version: number;
  headers: Record<string, OutgoingHttpHeader | undefined>;
  /** One character per byte: Node sends head and body of a string in one piece, of a buffer in two. */
  body: string;
}

/**
 * Keeps the answers of routes with `config.kept` whole, headers and compression included: making
 * one is a few queries and a dozen hooks, sending it again is neither. `answerFromMemory` comes
 * before all other hooks and `learnAnswers` after all plugins that change answers.
 */
export function openMemory(publicVersion: () => number) {
  const kept = openBounded<Answer>(MAX_BYTES, ({ body }) => body.length);
  const versions = new WeakMap<FastifyRequest, number>();

  return {
    answerFromMemory(app: FastifyInstance): void {
      app.addHook('onRequest', (request, reply, done) => {
        if (!mayBeKept(request)) return done();
        // Taken before the rows are read: what changes meanwhile makes this answer an old one.
        const version = publicVersion();
        const known = kept.get(keyOf(request));
        if (known?.version !== version) {
          versions.set(request, version);
          return done();
        }
        reply.hijack();
        // What was set for this request already is newer than what was kept.
        send(request, reply, { ...known.headers, ...reply.getHeaders() }, known.body);
      });
    },

    learnAnswers(app: FastifyInstance): void {
      app.addHook('onRoute', (route) => {
        if (!route.config?.kept) return;
        const learn = async (request: FastifyRequest, reply: FastifyReply, payload: unknown) => {
          const version = versions.get(request);
          if (version === undefined || reply.statusCode !== 200) return payload;
          whenWhole(payload, (body) => {
            const headers = { ...reply.getHeaders(), 'content-length': body.length };
            kept.set(keyOf(request), { version, headers, body: body.toString('latin1') });
          });
          return payload;
        };
        route.onSend = [...[route.onSend ?? []].flat(), learn];
      });
    },
  };
}

function mayBeKept({ method, routeOptions, raw }: FastifyRequest): boolean {
  return method === 'GET' && routeOptions.config?.kept === true && !hasBody(raw);
}

/** All that an answer of these routes depends on. */
function keyOf({ url, headers }: FastifyRequest): string {
  return `${url}\n${headers['accept-language'] ?? ''}\n${headers['accept-encoding'] ?? ''}`;
}

function send(
  request: FastifyRequest,
  { raw }: FastifyReply,
  headers: Answer['headers'],
  body: string,
): void {
  if (isKnown(request.headers['if-none-match'], headers.etag)) {
    const { 'content-length': _, ...unchanged } = headers;
    raw.writeHead(304, unchanged).end();
  } else {
    raw.writeHead(200, headers).end(body, 'latin1');
  }
}

/** Calls back with a payload once all of it has been sent; never for one that broke off. */
function whenWhole(payload: unknown, done: (body: Buffer) => void): void {
  if (typeof payload === 'string') done(Buffer.from(payload));
  else if (Buffer.isBuffer(payload)) done(payload);
  else if (payload instanceof Stream) {
    const chunks: Buffer[] = [];
    payload.on('data', (chunk: Buffer) => chunks.push(chunk));
    payload.once('end', () => done(Buffer.concat(chunks)));
  }
}
