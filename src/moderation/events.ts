import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { moderatorOf } from './api.ts';
import type { ModerationTools } from './tools.ts';

const EVENTS = 'text/event-stream';
/** Changes that come together are told together. */
const GATHER_MS = 200;
const HEARTBEAT_MS = 20_000;
/** Open streams of one person: a few tabs. Past it the oldest ends. */
const STREAMS_EACH = 6;

/** Tells open desks which photos changed, as server-sent events (HTML Living Standard, 9.2). */
export function openEvents(tools: ModerationTools) {
  const streams = new Map<ServerResponse, string>();
  let changed = new Set<string>();
  let gathering: NodeJS.Timeout | undefined;

  async function tell(): Promise<void> {
    const ids = [...changed];
    changed = new Set();
    gathering = undefined;
    const waiting = await tools.store.desk.count({ state: 'waiting', aside: false });
    const data = JSON.stringify({ ids, waiting });
    for (const stream of streams.keys()) stream.write(`event: change\ndata: ${data}\n\n`);
  }

  /** Whoever was removed or signed out hears no more. */
  async function beat(): Promise<void> {
    for (const [stream, sessionId] of streams) {
      if (await isOpen(sessionId)) stream.write(':\n\n');
      else stream.end();
    }
  }

  async function isOpen(sessionId: string): Promise<boolean> {
    return (await tools.store.sessions.get(sessionId, tools.now())) !== null;
  }

  const onError = (err: unknown) => tools.log.error({ err }, 'desk not told');
  const stopListening = tools.onChange((ids) => {
    if (streams.size === 0) return;
    for (const id of ids) changed.add(id);
    gathering ??= setTimeout(() => void tell().catch(onError), GATHER_MS);
  });
  const beating = setInterval(() => void beat().catch(onError), HEARTBEAT_MS);

  return {
    async listen(request: FastifyRequest, reply: FastifyReply): Promise<void> {
      moderatorOf(request);
      // Fastify answers HEAD like GET; nobody would hear what comes.
      if (request.method === 'HEAD') return reply.type(EVENTS).send();
      const { sessionId } = request.session;
      const own = [...streams].filter(([, each]) => each === sessionId);
      if (own.length >= STREAMS_EACH) own[0]?.[0].end();
      const headers = reply.getHeaders() as Record<string, string>;
      reply.hijack();
      const stream = reply.raw;
      stream.writeHead(200, {
        ...headers,
        'content-type': EVENTS,
        'x-accel-buffering': 'no',
      });
      stream.write(':\n\n');
      streams.set(stream, sessionId);
      stream.on('close', () => streams.delete(stream));
    },

    /** Ends all streams, so that a stop waits for none. */
    close(): void {
      stopListening();
      clearInterval(beating);
      clearTimeout(gathering);
      for (const stream of streams.keys()) stream.end();
    },
  };
}
