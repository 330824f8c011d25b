import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { watchAlive } from '../support/alive.ts';
import { onSqlite } from '../support/engines.ts';
import { ask } from '../support/http.ts';
import { readLedger } from '../support/ledger.ts';
import { approve, sendPhoto, signIn, withReceipt } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { type Service, startService } from '../support/service.ts';
import { SHIFTED, setClock } from '../support/shifted.ts';
import { workersOf } from '../support/workers.ts';

const DAY_MS = 86_400_000;
const OFFSETS = { behind: -DAY_MS, ahead: DAY_MS, 'ten years ahead': 3_653 * DAY_MS };
/** Longer than a lease of a photo. */
const PAST_LEASE_MS = 10 * 60_000;
const REST = { timeout: 60_000 };

interface Sent {
  id: string;
  receipt: string;
}

let service: Service;
let picture: Buffer;

beforeAll(async () => {
  picture = await photo({ width: 400, height: 300 });
  service = await startService({ ...SHIFTED, IMAGE_WORKERS: '1' });
});
afterAll(() => service?.dispose());
beforeEach(() => setClock(service, 0));

const send = async (): Promise<Sent> => (await sendPhoto(service, picture)).json();
const stateOf = async ({ receipt }: Sent) =>
  (await (await withReceipt(service, receipt)).json()).state;
const isPublic = async ({ id }: Sent) =>
  (await ask(`${service.url}/api/v1/gallery/${id}`)).status === 200;

/** Resolves when the one image worker is there. */
async function worker(): Promise<number> {
  await expect.poll(() => workersOf(service).length, REST).toBe(1);
  return workersOf(service)[0] ?? 0;
}

async function expectAgreement(): Promise<void> {
  const faults = async () => (await readLedger(service.folder)).faults;
  await expect.poll(faults, REST).toEqual([]);
}

it('J12 a worker that is killed over a photo costs a second try, not the photo', async () => {
  const alive = watchAlive(service);
  const pid = await worker();
  process.kill(pid, 'SIGSTOP');
  const sent = await send();
  expect(await stateOf(sent)).toBe('received');
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => stateOf(sent), REST).toBe('waiting');
  await alive();
});

it('J12 a worker that never ends is ended, and its photo cleaned by the next', async () => {
  const alive = watchAlive(service);
  process.kill(await worker(), 'SIGSTOP');
  const sent = await send();
  const gone = await send();
  expect((await withReceipt(service, gone.receipt, 'DELETE')).status).toBe(204);
  await expect.poll(() => stateOf(sent), REST).toBe('waiting');
  expect(await stateOf(gone)).toBe('withdrawn');
  await alive();
});

it('J16 stopped past a lease and continued: late work is refused, each photo is there once', async () => {
  const alive = watchAlive(service);
  const pid = await worker();
  process.kill(pid, 'SIGSTOP');
  const sent = await Promise.all([send(), send(), send()]);
  process.kill(service.pid, 'SIGSTOP');
  await setClock(service, PAST_LEASE_MS);
  for (const each of [service.pid, pid]) process.kill(each, 'SIGCONT');
  for (const each of sent) await expect.poll(() => stateOf(each), REST).toBe('waiting');
  await expectAgreement();
  const { rows } = await readLedger(service.folder);
  for (const { id } of sent) expect(rows.find((row) => row.id === id)?.version).toBe(2);
  await alive();
});

/** Where others serve as well, the time is the database server's, whatever a process believes. */
const withOwnClock = it.skipIf(!onSqlite);

withOwnClock(
  'J17 a session that ran out by a clock ahead stays over when it is set right, and none is longer',
  async () => {
    const before = await signIn(service);
    await setClock(service, DAY_MS);
    expect((await before.get('/api/v1/moderation/submissions')).status).toBe(401);
    const meanwhile = await signIn(service);
    expect((await meanwhile.get('/api/v1/moderation/submissions')).status).toBe(200);
    await setClock(service, 0);
    expect((await before.get('/api/v1/moderation/submissions')).status).toBe(401);
    expect((await meanwhile.get('/api/v1/moderation/submissions')).status).toBe(401);
  },
);

withOwnClock.each(Object.entries(OFFSETS))(
  'J17 a clock %s: photos are taken, kept, shown and withdrawn, with it and after it',
  async (_, offset) => {
    const [waiting, shown, gone] = [await send(), await send(), await send()];
    expect((await approve(await signIn(service), shown.id, 2)).status).toBe(200);
    await setClock(service, offset);
    await service.stop();
    await service.restart();
    const during = await send();
    expect((await withReceipt(service, gone.receipt, 'DELETE')).status).toBe(204);
    await expect.poll(() => isPublic(shown), REST).toBe(true);
    expect((await approve(await signIn(service), during.id, 2)).status).toBe(200);
    await expect.poll(() => isPublic(during), REST).toBe(true);
    await setClock(service, 0);
    for (const each of [shown, during]) expect(await isPublic(each)).toBe(true);
    expect(await stateOf(waiting)).toBe('waiting');
    const after = await send();
    await expect.poll(() => stateOf(after), REST).toBe('waiting');
    expect((await withReceipt(service, during.receipt, 'DELETE')).status).toBe(204);
    expect(await isPublic(during)).toBe(false);
  },
);

it('J17 with none of it rows and files have come apart', expectAgreement);
