import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import type { CleanOutcome } from '../../src/image/workers.ts';
import { doNext } from '../../src/processing/do-next.ts';
import { minutes, openLife } from '../support/submissions.ts';
import { cleanPhotoOf, openTestTools, type TestTools } from '../support/tools.ts';

/** Short, that the test need not wait; the looks at it are wide apart enough for a busy machine. */
const TIMES = { leaseMs: 1_500, renewMs: 100 };

let tools: TestTools;
afterEach(() => tools.dispose());

async function filesOf(wanted: string): Promise<string[]> {
  for await (const { id, sealed, published } of tools.photos.inventory()) {
    if (id === wanted) return [...sealed, ...published].sort();
  }
  return [];
}

/** A photo that is taken in and about to be cleaned. */
async function open(clean: () => Promise<CleanOutcome>) {
  let start = Date.now();
  tools = await openTestTools(clean);
  tools.now = () => new Date(minutes(0).getTime() + Date.now() - start);
  const life = openLife(tools.store);
  const id = await life.receive();
  await tools.photos.receive(id, Readable.from([Buffer.from('as sent')]));
  start = Date.now();
  return { id, life };
}

it('keeps a photo as long as its cleaning takes, past its lease', async () => {
  const { id, life } = await open(async () => {
    await sleep(3 * TIMES.leaseMs);
    expect(await doNext(tools, ['clean'], TIMES)).toBe(false);
    return cleanPhotoOf()();
  });
  expect(await doNext(tools, ['clean'], TIMES)).toBe(true);
  expect(await life.read(id)).toMatchObject({ state: 'waiting', attempts: 0, leaseToken: null });
});

it('writes nothing any more once somebody else has the photo', async () => {
  let isSecond = false;
  const { id, life } = await open(async () => {
    if (isSecond) return cleanPhotoOf()();
    isSecond = true;
    // It stands still, without a word, until another has cleaned the photo, and it was taken back.
    await tools.test.database.write((tx) =>
      tx.submission.updateMany({ data: { leaseToken: 'nobody', leaseUntil: minutes(-1) } }),
    );
    await doNext(tools, ['clean'], TIMES);
    await tools.store.submissions.withdraw(id, tools.now());
    await doNext(tools, ['erase'], TIMES);
    await sleep(2 * TIMES.leaseMs);
    return cleanPhotoOf()();
  });
  expect(await doNext(tools, ['clean'], TIMES)).toBe(true);
  expect(await life.read(id)).toMatchObject({ state: 'withdrawn', held: false, leaseToken: null });
  expect(await filesOf(id)).toEqual([]);
});

it('takes away what it wrote late: a file may have been under way while it stood still', async () => {
  const { id, life } = await open(cleanPhotoOf());
  const seal = tools.photos.seal;
  let stoodStill = false;
  tools.photos.seal = async (...args) => {
    if (!stoodStill) {
      stoodStill = true;
      await tools.store.submissions.withdraw(id, tools.now());
      await tools.test.database.write((tx) =>
        tx.submission.updateMany({ data: { leaseToken: null, leaseUntil: null } }),
      );
      await doNext(tools, ['erase'], TIMES);
      await sleep(2 * TIMES.leaseMs);
    }
    await seal(...args);
  };
  await doNext(tools, ['clean'], TIMES);
  expect(stoodStill).toBe(true);
  expect(await life.read(id)).toMatchObject({ state: 'withdrawn', held: false, leaseToken: null });
  expect(await filesOf(id)).toEqual([]);
});
