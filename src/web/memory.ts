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

type Headers = ReturnType<FastifyReply['getHeaders']>;

/** Bytes kept at most; the answers kept longest go first. */
const MAX_BYTES = 32 * 1024 * 1024;

interface Answer {
  version: number;
  etag: OutgoingHttpHeader | undefined;
  /** Names and values in turn, as Node writes them fastest; without those every request sets anew. */
  head: OutgoingHttpHeader[];
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
  const asked = new WeakMap<FastifyRequest, { version: number; setAnew: Headers }>();

  return {
    answerFromMemory(app: FastifyInstance): void {
      app.addHook('onRequest', (request, reply, done) => {
        if (!mayBeKept(request)) return done();
        // Taken before the rows are read: what changes meanwhile makes this answer an old one.
        const version = publicVersion();
        const known = kept.get(keyOf(request));
        if (known?.version !== version) {
          asked.set(request, { version, setAnew: reply.getHeaders() });
          return done();
        }
        reply.hijack();
        send(request, reply, known);
      });
    },

    learnAnswers(app: FastifyInstance): void {
      app.addHook('onRoute', (route) => {
        if (!route.config?.kept) return;
        const learn = async (request: FastifyRequest, reply: FastifyReply, payload: unknown) => {
          const known = asked.get(request);
          if (!known || reply.statusCode !== 200) return payload;
          whenWhole(payload, (body) => {
            const { version, setAnew } = known;
            const headers = reply.getHeaders();
            const head = flat(headers, (name) => name !== 'content-length' && !(name in setAnew));
            const { etag } = headers;
            kept.set(keyOf(request), { version, etag, head, body: body.toString('latin1') });
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

function send(request: FastifyRequest, reply: FastifyReply, { etag, head, body }: Answer): void {
  const all = [...head, ...flat(reply.getHeaders())];
  if (isKnown(request.headers['if-none-match'], etag)) reply.raw.writeHead(304, all).end();
  else {
    all.push('content-length', body.length);
    reply.raw.writeHead(200, all).end(body, 'latin1');
  }
}

/** Headers as names and values in turn. */
function flat(headers: Headers, isWanted: (name: string) => boolean = () => true) {
  const list: OutgoingHttpHeader[] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && isWanted(name)) list.push(name, value);
  }
  return list;
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
