import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Loop } from '../../src/processing/loop.ts';
import { clearUp, startProcessing } from '../../src/processing/start.ts';
import type { Task } from '../../src/submission/states.ts';
import { openInside } from '../support/inside.ts';
import { readLedger } from '../support/ledger.ts';
import { plant } from '../support/plant.ts';

/** What a kill between two steps leaves behind, made step by step; then the service starts. */
type Inside = Awaited<ReturnType<typeof openInside>>;

const LEASE_MS = 60_000;
const log = { info() {}, warn() {}, error() {} };
const BYTES = Buffer.from('a picture');

let folder: string;
let inside: Inside;
let processing: Loop | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compete-windows-'));
  inside = await openInside({ folder });
});
afterEach(async () => {
  await processing?.stop();
  processing = undefined;
  await inside.close();
  await rm(folder, { recursive: true });
});

async function plantOne(): Promise<string> {
  const [planted] = await plant(inside, 1);
  return planted?.id ?? '';
}

async function decide(id: string, order: 'approved' | 'rejected' | 'reopened') {
  const row = await inside.store.submissions.byId(id);
  const base = { id, version: row?.version ?? 0, moderatorId: randomUUID() };
  const criteria = { flag: true, slogan: true, embassy: true };
  const orders = {
    approved: { ...base, decision: 'approved', criteria },
    rejected: { ...base, decision: 'rejected', reason: 'other' },
    reopened: { ...base, decision: 'reopened' },
  } as const;
  return (await inside.store.decisions.decide(orders[order], inside.now())).kind;
}

async function claim(task: Task) {
  const job = await inside.store.jobs.claim([task], inside.now(), LEASE_MS);
  if (!job) throw new Error(`No ${task} is due`);
  return job;
}

/** Starts as after a kill, and waits until the due tasks but `encode` and `card` are done. */
async function start(): Promise<void> {
  const tools = { ...inside, publicUrl: 'http://localhost', log };
  processing = await startProcessing(tools, 1, await clearUp(tools));
  await expect.poll(async () => (await tasks()).length, { timeout: 10_000 }).toBe(0);
  await processing.stop();
}

async function tasks() {
  const due = { dueAt: { lte: new Date() }, task: { notIn: ['encode', 'card'] } };
  return inside.database.read.submission.findMany({ where: due });
}

async function publish(id: string): Promise<void> {
  expect(await decide(id, 'approved')).toBe('done');
  await start();
  expect((await inside.store.submissions.byId(id))?.pictureMonth).not.toBeNull();
}

it('J2 an upload without its row, and one that was being written: gone', async () => {
  const id = randomUUID();
  await inside.photos.receive(id, Readable.from([BYTES]));
  await writeFile(join(folder, `uploads/private/${id.slice(0, 2)}/${id}.original.0.part`), BYTES);
  await writeFile(join(folder, 'uploads/public/480.jpg.0.part'), BYTES);
  await start();
  expect((await readLedger(folder)).files).toEqual([]);
});

it('J2 cleaned, the original not yet destroyed: it is, whatever was decided', async () => {
  const [waiting, rejected] = [await plantOne(), await plantOne()];
  for (const id of [waiting, rejected]) await inside.photos.seal(id, 'original', BYTES);
  expect(await decide(rejected, 'rejected')).toBe('done');
  await start();
  expect((await readLedger(folder)).faults).toEqual([]);
});

it('J2 refused, the row not yet: it is refused', async () => {
  const id = await plantOne();
  await inside.database.write((tx) =>
    tx.submission.update({
      where: { id },
      data: { state: 'received', task: 'clean', dueAt: new Date() },
    }),
  );
  await inside.photos.erase(id);
  await start();
  expect(await inside.store.submissions.byId(id)).toMatchObject({ state: 'refused', held: false });
  expect((await readLedger(folder)).faults).toEqual([]);
});

it('J2 published, the row not yet: it is listed', async () => {
  const id = await plantOne();
  await decide(id, 'approved');
  await claim('publish');
  await inside.photos.publish(id, '480.jpg', BYTES);
  await start();
  expect((await inside.store.submissions.byId(id))?.pictureMonth).not.toBeNull();
  expect((await readLedger(folder)).faults).toEqual([]);
});

it('J2 withdrawn while it was being published: nothing is left', async () => {
  const id = await plantOne();
  await decide(id, 'approved');
  await claim('publish');
  await inside.store.submissions.withdraw(id, inside.now());
  await inside.photos.publish(id, '480.jpg', BYTES);
  await start();
  const { files, faults } = await readLedger(folder);
  expect(files).toEqual([]);
  expect(faults).toEqual([]);
});

it('J2 a task that fails after a withdrawal does not put the erasure off', async () => {
  const id = await plantOne();
  await decide(id, 'approved');
  const job = await claim('publish');
  await inside.store.submissions.withdraw(id, inside.now());
  await inside.store.jobs.postpone(job, new Date(Date.now() + LEASE_MS), 'Error');
  await start();
  expect((await readLedger(folder)).files).toEqual([]);
});

it('J2 reopened, the public files not yet removed: nobody decides before they are', async () => {
  const id = await plantOne();
  await publish(id);
  expect(await decide(id, 'reopened')).toBe('done');
  expect(await decide(id, 'rejected')).toBe('impossible');
  expect(await decide(id, 'approved')).toBe('impossible');
  await start();
  expect((await readLedger(folder)).faults).toEqual([]);
  expect(await decide(id, 'rejected')).toBe('done');
});

it('J2 erased, the row not yet: it says so', async () => {
  const id = await plantOne();
  await publish(id);
  await inside.store.submissions.withdraw(id, inside.now());
  await claim('erase');
  await inside.photos.erase(id);
  await start();
  expect(await inside.store.submissions.byId(id)).toMatchObject({
    state: 'withdrawn',
    held: false,
  });
  expect((await readLedger(folder)).faults).toEqual([]);
});
