import type { FastifyInstance } from 'fastify';
import { hasBody } from './unread.ts';

/** A body must bring `bytes` in each `windowMs`; it is looked at several times in one. */
export interface Pace {
  bytes: number;
  windowMs: number;
}

const LOOKS = 3;

/**
 * Cuts bodies that hardly move: each holds a connection, a file and a place in line. Node's own
 * limit is one for the whole body, which an honest photo on a slow line needs all of. Nobody is
 * cut while we are the slow ones, with something of the body still to be read.
 */
export function cutSlowBodies(app: FastifyInstance, { bytes, windowMs }: Pace): void {
  app.addHook('onRequest', async ({ raw }) => {
    const { socket } = raw;
    if (raw.complete || !hasBody(raw)) return;
    const readings = [socket.bytesRead];
    const looking = setInterval(() => {
      if (raw.readableLength > 0) readings.length = 0;
      readings.push(socket.bytesRead);
      if (raw.complete || readings.length <= LOOKS) return;
      const before = readings.shift() ?? 0;
      // Answered like Node's own timeouts: 408, and the connection is closed.
      if (socket.bytesRead - before < bytes) app.server.emit('clientError', timeout(), socket);
    }, windowMs / LOOKS);
    raw.once('close', () => clearInterval(looking));
  });
}

function timeout(): Error {
  return Object.assign(new Error('Body too slow'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
}
