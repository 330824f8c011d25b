import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '../submission/refusals.ts';

/** The rest of an honest photo that is too large; who sends more is cut off. */
const MAX_UNREAD_BYTES = 64 * 1024 * 1024;
/** Who sends nothing for so long waits for the answer. */
const IDLE_MS = 2_000;

/**
 * Reads out what a refused sender is still sending, and answers then. Browsers and proxies look
 * for an answer only when they have sent everything; closing before would show them a broken
 * connection instead. What does not end is not read to its end: the connection is closed.
 */
export function readOutBodies(app: FastifyInstance): void {
  app.addHook('onSend', async ({ raw }, reply) => {
    if (raw.complete || raw.destroyed || !hasBody(raw)) return;
    if (Number(raw.headers['content-length'] ?? 0) <= MAX_UNREAD_BYTES) await readOut(raw);
    if (!raw.complete) reply.header('connection', 'close');
  });
}

/** Refuses bodies that are compressed: nobody has a reason to send one, and none is ever unpacked. */
export function refusePackedBodies(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw }) => {
    const packed = raw.headers['content-encoding'] ?? 'identity';
    if (hasBody(raw) && packed !== 'identity') throw new Refusal('media-type');
  });
}

/** Whether a request announces a body (RFC 9112, 6.3). */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

function readOut(body: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let bytes = 0;
    const stop = () => {
      clearTimeout(idle);
      body.off('data', count).off('end', stop).off('close', stop).pause();
      resolve();
    };
    const count = (chunk: Buffer) => {
      idle.refresh();
      bytes += chunk.length;
      if (bytes > MAX_UNREAD_BYTES) stop();
    };
    const idle = setTimeout(stop, IDLE_MS);
    body.unpipe();
    body.on('data', count).once('end', stop).once('close', stop).resume();
  });
}
