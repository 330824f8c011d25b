import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openCaller } from '../../src/calls/caller.ts';
import { webhookHeaders } from '../../src/calls/sign.ts';

/** What names stand for, where a test says so; each look-up takes the next. */
const names = vi.hoisted(() => new Map<string, string[][]>());
vi.mock('node:dns', () => ({
  lookup: (
    name: string,
    _options: object,
    done: (error: Error | null, found?: { address: string; family: number }[]) => void,
  ) => {
    const found = names.get(name)?.shift();
    if (!found) return done(Object.assign(new Error(), { code: 'ENOTFOUND' }));
    done(
      null,
      found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  },
}));

let server: Server;
let answer: RequestListener;
let url: string;
let calls: { headers: Record<string, unknown>; body: string }[];

beforeEach(async () => {
  calls = [];
  answer = (_request, response) => void response.writeHead(204).end();
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      calls.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      answer(request, response);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}/hook`;
});
afterEach(() => {
  names.clear();
  server.closeAllConnections();
  server.close();
});

const trial = openCaller({ toPrivate: true, timeoutMs: 500 });
const strict = openCaller({ toPrivate: false, timeoutMs: 500 });

describe('a call', () => {
  it('arrives whole', async () => {
    const outcome = await trial.post(url, { 'x-one': '1' }, '{"ä":1}');
    expect(outcome).toEqual({ kind: 'taken', why: 'status 204' });
    expect(calls).toMatchObject([{ headers: { 'x-one': '1' }, body: '{"ä":1}' }]);
  });

  it.each([
    [200, 'taken'],
    [302, 'later'],
    [400, 'later'],
    [410, 'gone'],
    [500, 'later'],
  ])('that is answered %i is %s, and no redirect is followed', async (status, kind) => {
    answer = (_request, response) =>
      void response.writeHead(status, { location: `${url}/elsewhere` }).end('words');
    expect(await trial.post(url, {}, '{}')).toEqual({ kind, why: `status ${status}` });
    expect(calls).toHaveLength(1);
  });

  it('waits for no body, however long', async () => {
    let gone = false;
    answer = (_request, response) => {
      response.writeHead(200).write('x'.repeat(1000));
      response.on('close', () => {
        gone = true;
      });
    };
    expect((await trial.post(url, {}, '{}')).kind).toBe('taken');
    await vi.waitFor(() => expect(gone).toBe(true), 10_000);
  });

  it('ends when nobody answers', async () => {
    answer = () => undefined;
    expect(await trial.post(url, {}, '{}')).toEqual({ kind: 'later', why: 'timeout' });
  });

  it.each([
    ['https://nobody.example/', 'host-unknown'],
    ['http://127.0.0.1:1/', 'connection-refused'],
  ])('to %s says why it failed: %s', async (to, why) => {
    expect(await trial.post(to, {}, '{}')).toEqual({ kind: 'later', why });
  });
});

describe('a call to somewhere private', () => {
  const port = () => new URL(url).port;
  const refused = { kind: 'later', why: 'private-address' };

  it.each(['http://example.org/', 'https://127.0.0.1/', 'https://[::1]/', 'https://localhost/'])(
    'as %s is not made',
    async (to) => {
      expect(await strict.post(to, {}, '{}')).toEqual(refused);
    },
  );

  it.each([['127.0.0.1'], ['10.0.0.1'], ['::1'], ['::ffff:127.0.0.1'], ['169.254.169.254']])(
    'by a name that stands for %s is not made',
    async (address) => {
      names.set('hook.example', [[address]]);
      expect(await strict.post(`https://hook.example:${port()}/`, {}, '{}')).toEqual(refused);
    },
  );

  it('is not made by a name that says something else the next time', async () => {
    // 192.0.0.x to 203.0.113.x lead nowhere: a public address that is refused at once is needed.
    names.set('hook.example', [['127.0.0.1'], ['127.0.0.1']]);
    const seen: string[] = [];
    server.on('connection', () => seen.push('connected'));
    await strict.post(`https://hook.example:${port()}/`, {}, '{}');
    expect(seen).toEqual([]);
    expect(names.get('hook.example')).toHaveLength(1);
  });

  it('is not made beside a public one either', async () => {
    names.set('hook.example', [['127.0.0.1', '::1', '10.1.2.3']]);
    let connected = false;
    server.on('connection', () => {
      connected = true;
    });
    expect(await strict.post(`https://hook.example:${port()}/`, {}, '{}')).toEqual(refused);
    expect(connected).toBe(false);
  });
});

it('is signed as Standard Webhooks say', () => {
  // The example of the specification.
  const headers = webhookHeaders(
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    new Date(1614265330_000),
    '{"test": 2432232314}',
  );
  expect(headers).toEqual({
    'content-type': 'application/json',
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});
