import type { FastifyInstance } from 'fastify';
import { Refusal } from '../submission/refusals.ts';

/** What goes on in a stopped campaign: taking a photo back, and telling that it is stopped. */
const OPEN = [
  ...['GET /receipt', 'POST /receipt', 'POST /receipt/withdrawal'],
  ...['GET /api/v1/receipt', 'DELETE /api/v1/receipt'],
  ...['GET /assets/*', 'GET /health/live', 'GET /health/ready', 'GET /metrics'],
];

/** Answers everything else with 410 once the campaign is stopped. Any site may read that. */
export function closeWhenStopped(app: FastifyInstance, isStopped: () => boolean): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (!isStopped()) return done();
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    if (OPEN.includes(`${method} ${request.routeOptions.url}`)) return done();
    reply.header('access-control-allow-origin', '*');
    done(new Refusal('campaign-stopped'));
  });
}
