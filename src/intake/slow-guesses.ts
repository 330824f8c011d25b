import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** Wrong receipts of one client that are answered at once: typing errors of a whole group. */
const FREE_GUESSES = 30;
const WINDOW_MS = 10 * 60_000;
const SLOW_MS = 1_000;

/**
 * Has whoever guesses receipts wait for each "no". Receipts that are right are answered at once,
 * whatever else came from the same address: guessers and honest people may share one.
 */
export function slowGuesses(app: FastifyInstance): void {
  const count = app.createRateLimit({ max: FREE_GUESSES, timeWindow: WINDOW_MS });
  app.addHook('onSend', async (request, reply) => {
    if (reply.statusCode !== 404 || !request.routeOptions.url?.includes('/receipt')) return;
    const counted = await count(request);
    if (!counted.isAllowed && counted.isExceeded) await sleep(SLOW_MS);
  });
}
