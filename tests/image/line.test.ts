import { expect, test } from 'vitest';
import { type Job, openLine } from '../../src/image/line.ts';
import type { Request } from '../../src/image/protocol.ts';

const nothing = Buffer.alloc(0);

function cleanJob(heavy = false): Job {
  return job({ kind: 'clean', job: { photo: nothing, covers: [] }, heavy });
}

function coverJob(): Job {
  return job({ kind: 'cover', job: { master: nothing, areas: [] } });
}

function avifJob(): Job {
  return job({ kind: 'avif', jpegs: { 480: nothing, 960: nothing, 1920: nothing } });
}

function job(request: Request): Job {
  return { request, resolve() {}, reject() {} };
}

/** Whether a promise is still open after everything that could have settled it. */
async function isOpen(promise: Promise<unknown>): Promise<boolean> {
  const open = Symbol('open');
  const settled = await Promise.race([promise, new Promise((done) => setImmediate(done, open))]);
  return settled === open;
}

test('first come, first served', async () => {
  const line = openLine();
  const jobs = [cleanJob(), cleanJob(), cleanJob()];
  for (const each of jobs) line.put(each);
  for (const each of jobs) expect(await line.next('clean')).toBe(each);
});

test('one heavy job at a time; common ones pass it', async () => {
  const line = openLine();
  const [first, second, common] = [cleanJob(true), cleanJob(true), cleanJob()];
  for (const each of [first, second, common]) line.put(each);
  expect(await line.next('clean')).toBe(first);
  expect(await line.next('clean')).toBe(common);
  const next = line.next('clean');
  line.done(common);
  expect(await isOpen(next)).toBe(true);
  line.done(first);
  expect(await next).toBe(second);
});

test('AVIF waits until no photo waits and no heavy one runs', async () => {
  const line = openLine();
  const [avif, heavy, common] = [avifJob(), cleanJob(true), cleanJob()];
  for (const each of [heavy, common, avif]) line.put(each);
  const next = line.next('avif');
  expect(await line.next('clean')).toBe(heavy);
  expect(await line.next('clean')).toBe(common);
  expect(await isOpen(next)).toBe(true);
  line.done(heavy);
  expect(await next).toBe(avif);
});

test('covering comes before cleaning, and AVIF after both', async () => {
  const line = openLine();
  const [clean, cover, avif] = [cleanJob(), coverJob(), avifJob()];
  for (const each of [avif, clean, cover]) line.put(each);
  const last = line.next('avif');
  expect(await line.next('cover', 'clean')).toBe(cover);
  expect(await isOpen(last)).toBe(true);
  expect(await line.next('cover', 'clean')).toBe(clean);
  line.done(clean);
  expect(await last).toBe(avif);
});

test('covering waits for no heavy job', async () => {
  const line = openLine();
  const [heavy, cover] = [cleanJob(true), coverJob()];
  line.put(heavy);
  await line.next('cover', 'clean');
  line.put(cover);
  expect(await line.next('cover', 'clean')).toBe(cover);
});

test('a closed line sends everybody home', async () => {
  const line = openLine();
  const next = line.next('clean');
  line.close();
  expect(await next).toBeNull();
  expect(await line.next('avif')).toBeNull();
});
