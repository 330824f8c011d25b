import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { type CleanOutcome, WorkerLost } from '../../src/image/workers.ts';
import { cleanPhoto } from '../../src/processing/clean.ts';
import type { Check } from '../../src/submission/photo.ts';
import { LEASE_MS, NOON, openLife } from '../support/submissions.ts';
import { cleanPhotoOf, openTestTools, type TestTools } from '../support/tools.ts';

let tools: TestTools;
afterEach(() => tools.dispose());

/** Takes a photo in and cleans it with image workers that answer so. */
async function cleanWith(answer: () => Promise<CleanOutcome | 'heavy'>, changes = {}) {
  tools = await openTestTools(answer);
  const life = openLife(tools.store);
  const id = await life.receive(changes);
  await tools.photos.receive(id, Readable.from([Buffer.from('as sent')]));
  await again(id);
  return { id, row: () => life.read(id) };
}

async function again(id: string): Promise<void> {
  await cleanPhoto(tools, await openLife(tools.store).claim(id, ['clean']));
}

async function files() {
  const all = [];
  for await (const { sealed, published } of tools.photos.inventory()) {
    all.push(...sealed, ...published);
  }
  return all.sort();
}

function finding(checks: Check[] | null, code: Check['code']): string | undefined {
  return checks?.find((check) => check.code === code)?.finding;
}

describe('a clean photo', () => {
  it('is kept sealed, the file as sent is gone, and moderators are told', async () => {
    const { row } = await cleanWith(cleanPhotoOf());
    expect(await row()).toMatchObject({ state: 'waiting', task: null });
    expect(await files()).toEqual(['1920', '480', '960', 'master']);
  });

  it.each([
    ['near', { latitude: 48.1911, longitude: 16.2822 }],
    ['far', { latitude: 40.3777, longitude: 49.8922 }],
    ['unknown', null],
  ])('was taken %s; where exactly is forgotten', async (expected, taken) => {
    const { row } = await cleanWith(cleanPhotoOf({ taken }));
    const { checks, facts } = await row();
    expect(finding(checks, 'place')).toBe(expected);
    expect(JSON.stringify([checks, facts])).not.toMatch(/itude|\d\d\.\d/);
  });

  it('that came before is told apart: the same file, a look-alike, a new one', async () => {
    const { id } = await cleanWith(cleanPhotoOf(), { sourceHash: 'same' });
    const life = openLife(tools.store);
    expect(finding((await life.read(id)).checks, 'repeat')).toBe('new');
    for (const [sourceHash, expected] of [
      ['same', 'exact'],
      ['other', 'similar'],
    ] as const) {
      const next = await life.receive({ sourceHash });
      await tools.photos.receive(next, Readable.from([Buffer.from('as sent')]));
      await again(next);
      expect(finding((await life.read(next)).checks, 'repeat')).toBe(expected);
    }
  });
});

it('a costly photo is left to a lane of its own, as it is', async () => {
  let asked = 0;
  const answer = async () => (asked++ ? cleanPhotoOf()() : ('heavy' as const));
  const { id, row } = await cleanWith(answer);
  expect(await row()).toMatchObject({ state: 'received', task: 'clean-heavy', leaseToken: null });
  expect(await files()).toEqual(['original']);
  expect(await tools.store.submissions.lineLength()).toBe(1);
  await cleanPhoto(tools, await openLife(tools.store).claim(id, ['clean-heavy']));
  expect(await row()).toMatchObject({ state: 'waiting', task: null });
});

describe('a photo that cannot be cleaned', () => {
  it('is refused with its code, and nothing of it stays', async () => {
    const { row } = await cleanWith(async () => ({ ok: false, refusal: 'photo-broken' }));
    expect(await row()).toMatchObject({ state: 'refused', reason: 'photo-broken', held: false });
    expect(await files()).toEqual([]);
  });

  it('is refused when its file is missing', async () => {
    tools = await openTestTools();
    const id = await openLife(tools.store).receive();
    await again(id);
    expect(await openLife(tools.store).read(id)).toMatchObject({ reason: 'photo-failed' });
  });

  it('may cost one worker, not two', async () => {
    const { id, row } = await cleanWith(() => Promise.reject(new WorkerLost()));
    expect(await row()).toMatchObject({ state: 'received', lastError: 'worker-lost' });
    expect(await files()).toEqual(['original']);
    await again(id);
    expect(await row()).toMatchObject({ state: 'refused', reason: 'photo-failed' });
    expect(await files()).toEqual([]);
  });

  it('stays as it was when something else failed: it is tried again', async () => {
    await expect(cleanWith(() => Promise.reject(new Error('disk')))).rejects.toThrow('disk');
    expect(await files()).toEqual(['original']);
  });
});

it('leaves nothing when the photo was taken back meanwhile', async () => {
  const { id, row } = await cleanWith(async () => {
    const [first] = await tools.test.database.read.submission.findMany();
    await tools.store.submissions.withdraw(first?.id ?? '', NOON);
    return cleanPhotoOf()();
  });
  expect(await row()).toMatchObject({ state: 'withdrawn', task: 'erase', leaseToken: null });
  expect((await tools.store.jobs.claim(['erase'], NOON, LEASE_MS))?.row.id).toBe(id);
});
