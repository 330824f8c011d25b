import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, versionOf } from '../support/elsewhere.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { approve, sendPhoto, signIn, withReceipt } from '../support/people.ts';
import { photoSettings } from '../support/photo-store.ts';
import { photo } from '../support/pictures.ts';
import { programs, type Server, startServer, tell } from '../support/postgresql.ts';
import { type Service, startService } from '../support/service.ts';

/** What one process changed is seen at the others within two seconds; a busy machine takes longer. */
const SEEN = { timeout: 15_000, interval: 100 };

describe.skipIf(!programs)('several processes on one database and one store', () => {
  let server: Server;
  let shared: string;
  let first: Service;
  let second: Service;
  let worker: Service;
  let picture: Buffer;

  beforeAll(async () => {
    server = await startServer();
    await tell(server.url('postgres'), 'CREATE DATABASE together');
    shared = await makeFolder();
    const start = (ROLE: string) =>
      startService({ ROLE, DATABASE_URL: server.url('together'), ...photoSettings(shared) });
    // All at once: one of them migrates, the others wait for it.
    [first, second, worker] = await Promise.all([start('web'), start('web'), start('worker')]);
    picture = await photo({ width: 400, height: 300 });
  });

  afterAll(async () => {
    await Promise.all([first, second, worker].map((each) => each?.dispose()));
    await server?.stop();
    if (shared) await removeFolder(shared);
  });

  it('a photo is sent at one, cleaned by another, approved and withdrawn at a third', async () => {
    const sent = await sendPhoto(first, picture);
    expect([201, 202]).toContain(sent.status);
    const { id, receipt } = await sent.json();
    const state = async () => (await (await withReceipt(first, receipt)).json()).state;
    await expect.poll(state, SEEN).toBe('waiting');
    expect(await totalAt(first)).toBe(0);

    const staff = at(second, await signIn(first));
    expect((await approve(staff, id, await versionOf(staff, id))).status).toBe(200);
    await expect.poll(() => totalAt(first), SEEN).toBe(1);
    expect(await totalAt(second)).toBe(1);

    expect((await withReceipt(second, receipt, 'DELETE')).status).toBe(204);
    await expect.poll(() => totalAt(first), SEEN).toBe(0);
    expect((await fetch(`${first.url}/api/v1/gallery/${id}`)).status).toBe(410);
  });

  it('who looks at the desk of one hears what was done at another', async () => {
    const staff = await signIn(first);
    const events = await fetch(`${first.url}/api/v1/moderation/events`, {
      headers: { cookie: staff.cookie },
      signal: AbortSignal.timeout(60_000),
    });
    const { id } = await (await sendPhoto(second, picture, { city: 'Graz' })).json();
    const elsewhere = at(second, staff);
    const decided = await approve(elsewhere, id, await versionOf(elsewhere, id));
    expect(decided.status).toBe(200);
    let heard = '';
    for await (const chunk of events.body ?? []) {
      heard += Buffer.from(chunk).toString();
      if (heard.includes(id)) break;
    }
    expect(heard).toContain(id);
  });

  it('a key used at one is known at all, and makes one photo', async () => {
    const headers = { 'idempotency-key': 'the-same-at-every-process' };
    const send = (service: Service) => sendPhoto(service, picture, { city: 'Linz' }, headers);
    const answers = await Promise.all([send(first), send(second), send(first), send(second)]);
    const told = await Promise.all(answers.map((answer) => answer.json()));
    expect(new Set(told.map(({ receipt }) => receipt)).size).toBe(1);
    expect(new Set(told.map(({ id }) => id)).size).toBe(1);
  });

  it('a database that goes away is waited for, and whoever cannot wait is told when to come back', async () => {
    const staff = await signIn(first);
    await server.restart();
    await expect.poll(async () => (await sendPhoto(first, picture)).status, SEEN).toBe(201);
    expect((await staff.get('/api/v1/moderation/submissions')).status).toBe(200);
  });

  it('what a killed worker was doing is done by the next one, and nothing twice', async () => {
    const receipts: string[] = [];
    for (const city of ['Wels', 'Steyr', 'Enns']) {
      const sent = sendPhoto(second, picture, { city });
      if (city === 'Steyr') await worker.kill();
      const answer = await sent;
      expect([201, 202]).toContain(answer.status);
      receipts.push((await answer.json()).receipt);
    }
    await worker.restart();
    // Its lease runs out first.
    const states = () =>
      Promise.all(receipts.map(async (each) => (await withReceipt(second, each)).json()));
    await expect
      .poll(async () => (await states()).map(({ state }) => state), { timeout: 200_000 })
      .toEqual(['waiting', 'waiting', 'waiting']);
  });

  it('a stop reaches all of them, and one that stood still as soon as it goes on', async () => {
    const { id } = await (await sendPhoto(first, picture, { email: 'a@example.org' })).json();
    const staff = await signIn(first);
    expect((await approve(staff, id, await versionOf(staff, id))).status).toBe(200);
    await expect.poll(async () => (await fetch(photoAt(first, id))).status, SEEN).toBe(200);
    process.kill(second.pid, 'SIGSTOP');
    const report = await first.command('stop-campaign', '--yes');
    expect(report).toContain('Files and rows agree, both ways.');
    expect((await fetch(`${first.url}/gallery`)).status).toBe(410);
    // A mail with a link, written by who has not looked yet.
    const late = fetch(`${second.url}/api/v1/session/link`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'bo@example.org' }),
    });
    process.kill(second.pid, 'SIGCONT');
    expect([202, 204, 410]).toContain((await late).status);
    await expect.poll(async () => (await fetch(`${second.url}/gallery`)).status, SEEN).toBe(410);
    expect((await fetch(photoAt(second, id))).status).toBe(410);
    await expect
      .poll(() => first.command('stop-campaign'), SEEN)
      .toMatch(
        /^ *0 {2}mails.*\n *0 {2}sessions.*\n *0 {2}sign-in links.*\n.*\n *0 {2}public files/m,
      );
  });
});

const photoAt = ({ url }: Service, id: string) => `${url}/photos/${id}/480.jpg`;

async function totalAt({ url }: Service): Promise<number> {
  return (await (await fetch(`${url}/api/v1/gallery`)).json()).total;
}
