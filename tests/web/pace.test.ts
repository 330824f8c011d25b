import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { answerBroken } from '../../src/web/broken.ts';
import { cutSlowBodies } from '../../src/web/pace.ts';

const WINDOW_MS = 300;
const BODY_BYTES = 1_000_000;

/** A service that begins to read a body after `waitMs`, or answers the status it was cut with. */
async function openService(waitMs: number) {
  const app = Fastify({ clientErrorHandler: answerBroken });
  cutSlowBodies(app, { bytes: 1_000, windowMs: WINDOW_MS });
  app.addContentTypeParser('*', (_request, _body, done) => done(null));
  app.post('/', async ({ raw }) => {
    await delay(waitMs);
    let bytes = 0;
    for await (const chunk of raw) bytes += (chunk as Buffer).length;
    return String(bytes);
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return { port, close: () => app.close() };
}

function send(port: number, write: (call: ReturnType<typeof request>) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'image/jpeg', 'content-length': BODY_BYTES };
    const call = request({ port, method: 'POST', headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
    });
    call.on('error', reject);
    write(call);
  });
}

it('cuts a body that does not move', async () => {
  const service = await openService(0);
  expect(await send(service.port, (call) => call.write('a little'))).toBe(408);
  await service.close();
});

it('waits for a body that waits for us', async () => {
  const service = await openService(WINDOW_MS * 4);
  const body = Buffer.alloc(BODY_BYTES);
  expect(await send(service.port, (call) => call.end(body))).toBe(200);
  await service.close();
});
