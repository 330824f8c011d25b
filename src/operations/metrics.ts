import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Store } from '../store/store.ts';
import { Refusal } from '../submission/refusals.ts';
import { STATES } from '../submission/states.ts';

/** Seconds; an upload with its cleaning takes up to a few. */
const BUCKETS = [0.005, 0.02, 0.1, 0.3, 1, 3, 10];

/**
 * Counts what the service does, for Prometheus. Labels are routes as declared, methods and
 * statuses: nothing that tells about a person.
 */
export function addMetrics(app: FastifyInstance, store: Store, token: string | undefined): void {
  const registry = new Registry();
  // Without a token nobody can ask.
  if (token) collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers,
  });
  const unexpected = new Counter({
    name: 'unexpected_errors_total',
    help: 'Answers that should not have been',
    registers,
  });
  new Gauge({
    name: 'submissions',
    help: 'Submissions in each state',
    labelNames: ['state'],
    registers,
    async collect() {
      for (const state of STATES) this.set({ state }, await store.desk.count({ state }));
    },
  });
  new Gauge({
    name: 'mails',
    help: 'Mails that wait, and mails that were given up',
    labelNames: ['state'],
    registers,
    async collect() {
      const { queued, givenUp } = await store.outbox.backlog();
      this.set({ state: 'queued' }, queued);
      this.set({ state: 'given-up' }, givenUp);
    },
  });
  new Gauge({
    name: 'stuck_tasks',
    help: 'Tasks that failed more than twice',
    registers,
    async collect() {
      this.set(await store.desk.stuck());
    },
  });

  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const { method } = request;
    duration.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    if (reply.statusCode === 500) unexpected.inc();
    done();
  });

  app.get(
    '/metrics',
    { config: { audience: 'strangers' }, schema: { hide: true } },
    async (request: FastifyRequest, reply: FastifyReply) => {
      if (!token || !hasToken(request, token)) throw new Refusal('not-found');
      return reply.type(registry.contentType).send(await registry.metrics());
    },
  );
}

function hasToken(request: FastifyRequest, token: string): boolean {
  const sent = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return sent.length === wanted.length && timingSafeEqual(sent, wanted);
}
