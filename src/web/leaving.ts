import type { FastifyInstance } from 'fastify';

const AGAIN_MS = 200;

/**
 * Closes connections that fall idle while the service stops, once their answer is sent: browsers
 * would keep them open for minutes, and a stop waits for the last one.
 */
export function letGoAtStop(app: FastifyInstance): void {
  app.addHook('preClose', async () => {
    const timer = setInterval(() => app.server.closeIdleConnections(), AGAIN_MS);
    app.server.once('close', () => clearInterval(timer));
  });
}
