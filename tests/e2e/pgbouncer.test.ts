import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, versionOf } from '../support/elsewhere.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { approve, sendPhoto, signIn, withReceipt } from '../support/people.ts';
import { hasPgbouncer, type Pooler, startPgbouncer } from '../support/pgbouncer.ts';
import { photoSettings } from '../support/photo-store.ts';
import { photo } from '../support/pictures.ts';
import { programs, type Server, startServer, tell } from '../support/postgresql.ts';
import { type Service, startService } from '../support/service.ts';

const SEEN = { timeout: 30_000, interval: 100 };

describe.skipIf(!programs || !hasPgbouncer)('two processes behind a pooler of transactions', () => {
  let server: Server;
  let pooler: Pooler;
  let shared: string;
  let first: Service;
  let second: Service;

  beforeAll(async () => {
    server = await startServer();
    await tell(server.url('postgres'), 'CREATE DATABASE pooled');
    pooler = await startPgbouncer(server);
    shared = await makeFolder();
    const environment = { DATABASE_URL: pooler.url('pooled'), ...photoSettings(shared) };
    [first, second] = await Promise.all([startService(environment), startService(environment)]);
  });

  afterAll(async () => {
    await Promise.all([first, second].map((each) => each?.dispose()));
    await pooler?.stop();
    await server?.stop();
    if (shared) await removeFolder(shared);
  });

  const totalAt = async ({ url }: Service) =>
    (await (await fetch(`${url}/api/v1/gallery`)).json()).total;

  async function sendWaiting(seed: number): Promise<{ id: string; receipt: string }> {
    const sent = await (await sendPhoto(first, await photo({ seed }))).json();
    const state = async () => (await (await withReceipt(second, sent.receipt)).json()).state;
    await expect.poll(state, SEEN).toBe('waiting');
    return sent;
  }

  it('a photo is sent at one, approved at the other, seen at both, and withdrawn', async () => {
    const { id, receipt } = await sendWaiting(1);
    const staff = at(second, await signIn(first));
    expect((await approve(staff, id, await versionOf(staff, id))).status).toBe(200);
    for (const each of [first, second]) await expect.poll(() => totalAt(each), SEEN).toBe(1);
    expect((await withReceipt(first, receipt, 'DELETE')).status).toBe(204);
    for (const each of [first, second]) await expect.poll(() => totalAt(each), SEEN).toBe(0);
  });

  it('goes on after the pooler was started anew, and nothing is there twice', async () => {
    const staff = await signIn(first);
    const { id } = await sendWaiting(2);
    const headers = { 'idempotency-key': 'sent-while-the-pooler-is-away' };
    const picture = await photo({ seed: 3 });
    const send = (service: Service) => sendPhoto(service, picture, {}, headers);
    const during = Promise.all([send(first), send(second)]);
    await pooler.restart();
    for (const { status } of await during) expect([201, 202, 409, 503]).toContain(status);
    const receipts = new Set<string>();
    for (const each of [first, second]) {
      await expect.poll(async () => (await send(each)).status, SEEN).toBeLessThan(300);
      receipts.add((await (await send(each)).json()).receipt);
    }
    expect(receipts.size).toBe(1);
    expect((await approve(staff, id, await versionOf(staff, id))).status).toBe(200);
    await expect.poll(() => totalAt(second), SEEN).toBe(1);
    const doctor = () => second.command('doctor');
    await expect.poll(doctor, SEEN).toContain('good  Files and rows');
    expect(await doctor()).toContain('good  Log');
  });
});
