import { randomUUID } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eraseGivenUp } from '../../src/processing/arrivals.ts';
import { sweep } from '../../src/processing/sweep.ts';
import type { SealedPart } from '../../src/store/photos.ts';
import { inFolders, onSqlite } from '../support/engines.ts';
import { type Life, minutes, NOON, openLife } from '../support/submissions.ts';
import { openTestTools, type TestTools } from '../support/tools.ts';

const NONE: ReadonlySet<string> = new Set();
const bytes = Buffer.from('a picture');
let tools: TestTools;
let life: Life;

beforeEach(async () => {
  tools = await openTestTools();
  life = openLife(tools.store);
});
afterEach(() => tools.dispose());

async function put(id: string, parts: SealedPart[], published: string[] = []): Promise<string> {
  for (const part of parts) await tools.photos.seal(id, part, bytes);
  for (const file of published) await tools.photos.publish(id, file, bytes);
  return id;
}

async function filesOf(wanted: string): Promise<string[]> {
  for await (const { id, sealed, published } of tools.photos.inventory()) {
    if (id === wanted) return [...sealed, ...published];
  }
  return [];
}

it('removes files without a row at a start', async () => {
  const orphan = await put(randomUUID(), ['original'], ['480.jpg']);
  await sweep(tools, true, NONE);
  expect(await filesOf(orphan)).toEqual([]);
});

it.skipIf(!onSqlite)(
  'removes them later only when they had no row the time before, for one may be on its way',
  async () => {
    const orphan = await put(randomUUID(), ['original']);
    const suspects = await sweep(tools, false, NONE);
    expect(await filesOf(orphan)).toEqual(['original']);
    expect([...suspects]).toEqual([orphan]);
    await sweep(tools, false, suspects);
    expect(await filesOf(orphan)).toEqual([]);
  },
);

it.skipIf(onSqlite)(
  'removes them later when nobody speaks for them, where others serve as well',
  async () => {
    const orphan = await put(randomUUID(), ['original']);
    await sweep(tools, false, NONE);
    await eraseGivenUp(tools);
    expect(await filesOf(orphan)).toEqual(['original']);
    tools.now = () => minutes(1);
    await eraseGivenUp(tools);
    expect(await filesOf(orphan)).toEqual([]);
  },
);

it('leaves the files of rows with a task to the task', async () => {
  const id = await put(await life.receive(), ['original']);
  await sweep(tools, true, NONE);
  expect(await filesOf(id)).toEqual(['original']);
});

it('removes what the state does not allow', async () => {
  const waiting = await put(await life.waiting(), ['original', 'master'], ['480.jpg']);
  const shown = await life.published();
  await tools.store.jobs.finishEncoding(await life.claim(shown, ['encode']), [], NOON);
  await tools.store.jobs.finishCard(await life.claim(shown, ['card']));
  await put(shown, ['master'], ['480.jpg']);
  const withdrawn = await put(await life.waiting(), ['master'], ['480.jpg']);
  await tools.store.submissions.withdraw(withdrawn, NOON);
  await tools.store.jobs.finish(await life.claim(withdrawn, ['erase']), true);
  await sweep(tools, false, NONE);
  expect(await filesOf(waiting)).toEqual(['master']);
  expect(await filesOf(shown)).toEqual(['master', '480.jpg']);
  expect(await filesOf(withdrawn)).toEqual([]);
});

it.skipIf(!inFolders)(
  'removes half-written files: all at a start, later the old ones',
  async () => {
    const folder = join(tools.test.folder, 'uploads/private/0f');
    const part = join(folder, 'x.0123456789ab.part');
    await writeFile(part, bytes);
    await sweep(tools, false, NONE);
    expect(await readdir(folder)).toHaveLength(1);
    await sweep(tools, true, NONE);
    expect(await readdir(folder)).toEqual([]);
  },
);

it('erases rows that have reached their date', async () => {
  const link = { tokenHash: 'x', moderatorId: 'ada', browserHash: null, expiresAt: minutes(-1) };
  await tools.store.signInLinks.put(link, minutes(-2));
  await sweep(tools, false, NONE);
  expect(await tools.test.database.read.signInToken.count()).toBe(0);
});
