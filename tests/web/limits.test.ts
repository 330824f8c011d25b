import Fastify from 'fastify';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answerErrors } from '../../src/web/errors.tsx';
import { addLimits, limited, openClientKeys } from '../../src/web/limits.ts';

async function openLimited() {
  const app = Fastify({ trustProxy: true });
  answerErrors(app);
  await addLimits(app);
  app.get('/limited', { config: limited(2, 1) }, async () => 'ok');
  app.get('/free', async () => 'ok');
  return app;
}

let app: Awaited<ReturnType<typeof openLimited>>;
const ask = (url: string, address: string) =>
  app.inject({ url, headers: { 'x-forwarded-for': address } });

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  app = await openLimited();
});

afterEach(async () => {
  vi.useRealTimers();
  await app.close();
});

describe('a limited route', () => {
  it('answers 429 with the time to stay away, and again when it is over', async () => {
    const codes = [];
    for (let i = 0; i < 3; i += 1) codes.push((await ask('/limited', '192.0.2.1')).statusCode);
    expect(codes).toEqual([200, 200, 429]);
    const refused = await ask('/limited', '192.0.2.1');
    expect(refused.json().code).toBe('too-many-requests');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    vi.setSystemTime(Date.now() + 61_000);
    expect((await ask('/limited', '192.0.2.1')).statusCode).toBe(200);
  });

  it('does not hold one client for another', async () => {
    for (let i = 0; i < 3; i += 1) await ask('/limited', '192.0.2.1');
    expect((await ask('/limited', '192.0.2.2')).statusCode).toBe(200);
    expect((await ask('/limited', '::ffff:192.0.2.3')).statusCode).toBe(200);
  });

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', 429],
    ['2001:db8::1', '2001:db8:0:0:5::', 429],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', 200],
  ])('takes %s and %s as it should', async (first, second, code) => {
    for (let i = 0; i < 2; i += 1) await ask('/limited', first);
    expect((await ask('/limited', second)).statusCode).toBe(code);
  });
});

it('leaves other routes alone', async () => {
  for (let i = 0; i < 20; i += 1) {
    expect((await ask('/free', '192.0.2.1')).statusCode).toBe(200);
  }
});

describe('counted routes', () => {
  const CALLS = 3_000;
  const left = (answer: { headers: object }) => Object(answer.headers)['x-ratelimit-remaining'];

  it('share one count, and say when it is used up and when it begins anew', async () => {
    const own = Fastify({ trustProxy: true });
    answerErrors(own);
    await addLimits(own);
    own.get('/one', { config: { counted: true } }, async () => 'ok');
    own.get('/two', { config: { counted: true } }, async () => 'ok');
    const ask = (url: string, address = '192.0.2.1') =>
      own.inject({ url, headers: { 'x-forwarded-for': address } });
    expect(left(await ask('/one'))).toBe(String(CALLS - 1));
    for (let i = 2; i < CALLS; i += 1) await ask('/two');
    expect(left(await ask('/one'))).toBe('0');
    const refused = await ask('/two');
    expect([refused.statusCode, refused.json().code]).toEqual([429, 'too-many-requests']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(left(await ask('/two', '192.0.2.9'))).toBe(String(CALLS - 1));
    vi.setSystemTime(Date.now() + 61_000);
    expect((await ask('/two')).statusCode).toBe(200);
    await own.close();
  });
});

it('F8 what stands for an address is another one after a day, and in another process', () => {
  const clientOf = openClientKeys();
  const before = clientOf('192.0.2.1');
  expect(clientOf('192.0.2.1')).toBe(before);
  expect(openClientKeys()('192.0.2.1')).not.toBe(before);
  vi.setSystemTime(Date.now() + (24 * 60 + 1) * 60_000);
  expect(clientOf('192.0.2.1')).not.toBe(before);
});
