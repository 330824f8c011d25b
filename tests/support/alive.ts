import { randomInt } from 'node:crypto';
import { expect } from 'vitest';
import { ask, fieldParts, multipart } from './http.ts';
import { FIELDS } from './people.ts';
import { photo } from './pictures.ts';
import type { Service } from './service.ts';

/** The threat page asks for two seconds; this machine has other tests to run. */
const PATIENCE_MS = 10_000;
/** What a service says that nobody foresaw: of promises, of errors that end it, of answers 500. */
const ALARM = /unhandled|uncaught|stopping after an error|request failed/i;

/**
 * Remembers a service as it is now. The function it returns fails unless that very process still
 * runs, takes a good photo (and lets it be withdrawn: nothing of it stays), shows the gallery,
 * and has logged nothing unforeseen since.
 */
export function watchAlive(service: Service): () => Promise<void> {
  const { pid } = service;
  const heard = service.output().length;
  return async () => {
    expect(service.pid, 'process id').toBe(pid);
    expect(() => process.kill(pid, 0), 'it runs').not.toThrow();
    await sendAndWithdraw(service);
    expect((await ask(`${service.url}/gallery`)).status, 'gallery').toBe(200);
    expect((await ask(`${service.url}/api/v1/gallery`)).status, 'gallery').toBe(200);
    expect(service.output().slice(heard), 'log').not.toMatch(ALARM);
  };
}

/** Each time another photo, by another client. */
async function sendAndWithdraw({ url }: Service): Promise<void> {
  const value = await photo({ width: 640, height: 480, seed: randomInt(2 ** 31) });
  const picture = { name: 'photo', value, filename: 'photo.jpg' };
  const localAddress = `127.${randomInt(1, 255)}.${randomInt(255)}.${randomInt(1, 255)}`;
  const begun = performance.now();
  const sent = await ask(`${url}/api/v1/submissions`, {
    method: 'POST',
    localAddress,
    ...multipart([...fieldParts(FIELDS), picture]),
  });
  expect([201, 202], sent.text).toContain(sent.status);
  expect(performance.now() - begun, 'ms for a good photo').toBeLessThan(PATIENCE_MS);
  const { receipt } = JSON.parse(sent.text) as { receipt: string };
  const headers = { authorization: `Bearer ${receipt}` };
  const gone = await ask(`${url}/api/v1/receipt`, { method: 'DELETE', localAddress, headers });
  expect(gone.status, 'withdrawal').toBe(204);
}
