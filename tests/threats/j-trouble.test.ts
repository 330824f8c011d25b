import { execFileSync, spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { watchAlive } from '../support/alive.ts';
import { ask, eventually } from '../support/http.ts';
import { readLedger } from '../support/ledger.ts';
import { sendPhoto, withReceipt } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { rounds } from '../support/rounds.ts';
import { SECRET_KEY, type Service, startService } from '../support/service.ts';
import { refuseWriting, STEPPING } from '../support/steps.ts';
import { storedFiles } from '../support/uploads.ts';

const PROGRAM = new URL('../../dist/main.js', import.meta.url).pathname;
const LOCKED_MS = 1_000 * rounds({ quick: 8, ci: 12, long: 60 });
/** What a person waits at most for an honest answer. */
const ANSWER_MS = 30_000;

let service: Service;
let picture: Buffer;
/** Sent before the trouble, to be withdrawn during it. */
let receipts: string[];

beforeAll(async () => {
  picture = await photo({ width: 400, height: 300 });
  service = await startService({ ...STEPPING, IMAGE_WORKERS: '1' });
  const sent = await Promise.all([1, 2, 3, 4].map(() => sendPhoto(service, picture)));
  const bodies = await Promise.all(sent.map((response) => response.json()));
  receipts = bodies.map(({ receipt }: { receipt: string }) => receipt);
});
afterAll(() => service?.dispose());

const withdraw = (receipt = '') => withReceipt(service, receipt, 'DELETE');
const status = async (path: string) => (await ask(service.url + path)).status;

it('J10 a database locked by another process: told to come back, nothing lost, goes on', async () => {
  const alive = watchAlive(service);
  const url = `file:${service.folder}/data.db`;
  const other = await new PrismaBetterSqlite3({ url }).connect();
  await other.executeScript('BEGIN IMMEDIATE');
  const end = Date.now() + LOCKED_MS;
  let refused = 0;
  while (Date.now() < end) {
    const begun = Date.now();
    const writes = [
      sendPhoto(service, picture),
      sendPhoto(service, picture),
      withdraw(receipts[0]),
    ];
    for (const { status, headers } of await Promise.all(writes)) {
      expect(status).toBe(503);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      refused++;
    }
    expect(Date.now() - begun).toBeLessThan(ANSWER_MS);
    expect(await status('/gallery')).toBe(200);
    expect(await status('/health/ready')).toBe(503);
  }
  await other.executeScript('ROLLBACK');
  await other.dispose();
  expect(refused).toBeGreaterThan(0);
  expect((await withdraw(receipts[0])).status).toBe(204);
  await alive();
  await expectAgreement();
}, 300_000);

it('J11 a read-only folder: 503 for photos, withdrawals are served, and it goes on', async () => {
  const files = await storedFiles(service);
  await refuseWriting(service, 'EROFS');
  const refused = await sendPhoto(service, picture);
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ code: 'storage-off' });
  expect(await status('/health/ready')).toBe(503);
  expect(await status('/health/live')).toBe(200);
  expect((await withdraw(receipts[1])).status).toBe(204);
  expect((await (await withReceipt(service, receipts[1] ?? '')).json()).state).toBe('withdrawn');
  expect(await storedFiles(service)).toEqual(files);
  await refuseWriting(service, null);
  expect(await status('/health/ready')).toBe(200);
  expect(service.output()).toContain('EROFS');
  await watchAlive(service)();
  await expectAgreement();
}, 120_000);

it('J11 sixty-four descriptors: it survives their end, and serves again after it', async () => {
  const alive = watchAlive(service);
  limitDescriptors(64);
  const { hostname, port } = new URL(service.url);
  const idle = Array.from({ length: 100 }, () => connect(Number(port), hostname));
  for (const socket of idle) socket.on('error', () => {});
  await eventually(async () => idle.some((socket) => socket.readyState === 'closed'));
  for (const socket of idle) socket.destroy();
  await eventually(async () => (await sendPhoto(service, picture).catch(() => null))?.ok);
  expect((await withdraw(receipts[2])).status).toBe(204);
  await alive();
  limitDescriptors(4096);
  await expectAgreement();
}, 120_000);

it('J11 L5 sixty-four descriptors at a start: it starts or says in a sentence why not', () => {
  const { stdout, stderr } = spawnSync(
    'prlimit',
    ['--nofile=64', process.execPath, PROGRAM, 'serve'],
    {
      cwd: service.folder,
      env: { PATH: process.env.PATH, SECRET_KEY, DATABASE_URL: 'file:./other.db', PORT: '0' },
      encoding: 'utf8',
      timeout: 20_000,
    },
  );
  // One that runs is stopped at the end of the time.
  if (!stdout.includes('Ready.')) expect(stderr).toContain('EMFILE');
});

/** Of the running process, as an administrator would. */
function limitDescriptors(count: number): void {
  execFileSync('prlimit', ['--pid', String(service.pid), `--nofile=${count}:4096`]);
}

async function expectAgreement(): Promise<void> {
  const faults = async () => (await readLedger(service.folder)).faults;
  await expect.poll(faults, { timeout: 60_000 }).toEqual([]);
}
