import compress from '@fastify/compress';
import etag from '@fastify/etag';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMemory } from '../../src/web/memory.ts';

let app: FastifyInstance;
let made: number;
let version: number;

beforeEach(async () => {
  made = 0;
  version = 0;
  app = Fastify();
  const { answerFromMemory, learnAnswers } = openMemory(() => version);
  answerFromMemory(app);
  app.addHook('onRequest', async (_request, reply) => void reply.header('x-guard', 'yes'));
  await app.register(compress, { threshold: 10 });
  learnAnswers(app);
  await app.register(etag);
  const answer = () => {
    made += 1;
    return { text: 'x'.repeat(1000), made };
  };
  app.get('/kept', { config: { kept: true } }, async () => answer());
  app.get('/refused', { config: { kept: true } }, async (_request, reply) => {
    reply.code(404);
    return answer();
  });
  app.get('/slow', { config: { kept: true } }, async () => {
    const before = answer();
    version += 1;
    return before;
  });
  app.get('/plain', async () => answer());
});
afterEach(() => app.close());

const ask = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });

describe('an answer', () => {
  it('is sent again as it was, headers and all', async () => {
    const [first, second] = [await ask('/kept'), await ask('/kept')];
    expect(made).toBe(1);
    expect(second.body).toBe(first.body);
    const { date: _, connection: __, ...headers } = second.headers;
    expect(first.headers).toMatchObject(headers);
    expect(headers).toMatchObject({ 'x-guard': 'yes', etag: expect.any(String) });
  });

  it('is sent again compressed, byte for byte', async () => {
    const gzip = { 'accept-encoding': 'gzip' };
    const [first, second] = [await ask('/kept', gzip), await ask('/kept', gzip)];
    expect(made).toBe(1);
    expect(second.headers['content-encoding']).toBe('gzip');
    expect(second.rawPayload.equals(first.rawPayload)).toBe(true);
    expect((await ask('/kept')).headers['content-encoding']).toBeUndefined();
  });

  it('is made again when something public changed, even while it was being made', async () => {
    await ask('/kept');
    version += 1;
    expect((await ask('/kept')).json().made).toBe(2);
    await ask('/slow');
    expect((await ask('/slow')).json().made).toBe(4);
  });

  it('is one for each address, language and compression', async () => {
    await ask('/kept?a');
    await ask('/kept?b');
    await ask('/kept', { 'accept-language': 'az' });
    await ask('/kept', { 'accept-language': 'tr' });
    expect(made).toBe(4);
  });

  it('is "not modified" to who has it', async () => {
    const { etag: tag } = (await ask('/kept')).headers;
    const again = await ask('/kept', { 'if-none-match': String(tag) });
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', tag]);
    expect((await ask('/kept', { 'if-none-match': '"other"' })).statusCode).toBe(200);
    expect(made).toBe(1);
  });

  it('is not kept when it is a refusal, or of a route that does not say so', async () => {
    for (const url of ['/refused', '/refused', '/plain', '/plain']) await ask(url);
    expect(made).toBe(4);
  });
});
