import Fastify, { type FastifyInstance } from 'fastify';
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { REFUSALS, Refusal, type RefusalCode } from '../../src/submission/refusals.ts';
import { answerErrors } from '../../src/web/errors.tsx';

const SECRET = 'SELECT secret FROM inside';
let app: FastifyInstance;

beforeAll(() => {
  app = Fastify({ bodyLimit: 100 });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app);
  app.get('/refuse/:code', async (request) => {
    const { code } = request.params as { code: RefusalCode };
    throw new Refusal(code, { cause: new Error(SECRET) });
  });
  app.get('/api/throw', async () => {
    throw new Error(SECRET);
  });
  app.get('/api/coded/:code', async (request) => {
    throw Object.assign(new Error(SECRET), request.params);
  });
  app.get('/api/form', async () => {
    throw new Refusal('form-invalid', { fields: [{ field: 'city', code: 'required' }] });
  });
  app.get('/api/line', async () => {
    throw new Refusal('line-full', { retryAfter: 60, extra: { current: 'here' } });
  });
  app
    .withTypeProvider<ZodTypeProvider>()
    .post('/api/body', { schema: { body: z.object({ version: z.number() }) } }, async () => 'ok');
});

afterAll(() => app.close());

describe('a refusal', () => {
  it.each(Object.entries(REFUSALS))('%s is a problem with status %i', async (code, status) => {
    const response = await app.inject(`/refuse/${code}`);
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toBe('application/problem+json');
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.json()).toMatchObject({ code, status });
    expect(response.json().title).not.toContain('refusal.');
    expect(response.body).not.toContain(SECRET);
  });

  it('is a page to a person', async () => {
    const response = await app.inject({ url: '/refuse/gone', headers: { accept: 'text/html' } });
    expect(response.statusCode).toBe(410);
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
  });

  it('is a problem under /api whatever is asked for', async () => {
    const response = await app.inject({ url: '/api/form', headers: { accept: 'text/html' } });
    expect(response.json().errors).toEqual([
      { field: 'city', code: 'required', message: expect.any(String) },
    ]);
  });

  it('tells when to come back, and what else may be known', async () => {
    const response = await app.inject('/api/line');
    expect(response.headers['retry-after']).toBe('60');
    expect(response.json().current).toBe('here');
  });
});

describe('what others throw', () => {
  it('says nothing about the inside', async () => {
    const response = await app.inject('/api/throw');
    expect(response.statusCode).toBe(500);
    expect(response.json().code).toBe('unexpected');
    expect(response.body).not.toContain('SELECT');
  });

  it.each([
    ['ENOSPC', 507, 'storage-full'],
    ['P2028', 503, 'busy'],
    ['FST_FILES_LIMIT', 400, 'photo-too-many'],
  ])('%s is a %i', async (code, status, known) => {
    const response = await app.inject(`/api/coded/${code}`);
    expect([response.statusCode, response.json().code]).toEqual([status, known]);
  });

  it.each([
    ['an unknown address', { url: '/nowhere' }, 404],
    [
      'a wrong type',
      { method: 'POST', url: '/api/body', payload: 'x', headers: { 'content-type': 'text/x' } },
      415,
    ],
    [
      'broken JSON',
      {
        method: 'POST',
        url: '/api/body',
        payload: '{',
        headers: { 'content-type': 'application/json' },
      },
      400,
    ],
    ['too much', { method: 'POST', url: '/api/body', payload: { a: 'x'.repeat(200) } }, 413],
    ['a wrong shape', { method: 'POST', url: '/api/body', payload: { version: 'x' } }, 400],
  ] as const)('%s is a problem', async (_, request, status) => {
    const response = await app.inject(request);
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toBe('application/problem+json');
  });
});
