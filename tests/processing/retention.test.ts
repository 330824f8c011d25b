import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countRetention, eraseDue } from '../../src/processing/retention.ts';
import { sweep } from '../../src/processing/sweep.ts';
import { days, type Life, NOON, openLife } from '../support/submissions.ts';
import { openTestTools, type TestTools } from '../support/tools.ts';

const bytes = Buffer.from('a picture');
const NOTHING = { photos: 0, unpublished: 0, masters: 0, addresses: 0 };
let tools: TestTools;
let life: Life;

beforeEach(async () => {
  tools = await openTestTools();
  life = openLife(tools.store);
});
afterEach(() => tools.dispose());

const files = async () => {
  const found: string[] = [];
  for await (const { id, sealed, published } of tools.photos.inventory()) {
    found.push(...[...sealed, ...published].map((name) => `${id} ${name}`));
  }
  return found;
};

/** A photo with its files, as far as `make` brings it. */
async function hold(make: () => Promise<string>, part: 'original' | 'master' = 'master') {
  const id = await make();
  await tools.photos.seal(id, part, bytes);
  return id;
}

async function shown(): Promise<string> {
  const id = await hold(() => life.published());
  await tools.store.jobs.finishEncoding(await life.claim(id, ['encode']), [], NOON);
  await tools.store.jobs.finishCard(await life.claim(id, ['card']));
  await tools.photos.seal(id, '1920', bytes);
  await tools.photos.publish(id, '480.jpg', bytes);
  return id;
}

async function carryOut(now: Date): Promise<void> {
  tools.now = () => now;
  await sweep(tools, false, new Set());
  await eraseDue(tools);
}

it('a rejected photo goes after seven days, with its words and what was seen in it', async () => {
  const id = await hold(() => life.waiting({}, 'sup@example.org'));
  await life.decide(id, 'rejected');
  await carryOut(days(6.9));
  expect(await files()).toEqual([`${id} master`]);
  tools.now = () => days(7.1);
  expect(await countRetention(tools)).toMatchObject({ ...NOTHING, photos: 1 });
  expect(await files()).toEqual([`${id} master`]);
  await carryOut(days(7.1));
  expect(await files()).toEqual([]);
  const row = await life.read(id);
  expect(row).toMatchObject({ state: 'rejected', held: false, name: null, message: null });
  expect(row.facts).toMatchObject({ placeholder: '', color: '#808080' });
  expect(await countRetention(tools)).toMatchObject(NOTHING);
});

describe('90 days after the last day', () => {
  const last = '2026-12-24';
  const before = new Date('2027-03-24T23:59:00Z');
  const after = new Date('2027-03-25T00:00:00Z');

  beforeEach(() => {
    tools.config = { ...tools.config, campaignEnd: last };
  });

  it('only what is public is left, without its master', async () => {
    const received = await hold(() => life.receive({}, 'sup@example.org'), 'original');
    const decided = await hold(() => life.receive(), 'original');
    await life.clean(decided);
    const publicOne = await shown();
    await tools.photos.remove(decided, 'original');
    await tools.photos.seal(decided, 'master', bytes);
    const rejected = await hold(() => life.receive());
    await tools.test.database.write((tx) =>
      tx.submission.update({
        where: { id: rejected },
        data: { state: 'rejected', reason: 'no-flag', task: 'erase', dueAt: days(365) },
      }),
    );
    await carryOut(before);
    expect(await files()).toHaveLength(6);

    tools.now = () => after;
    const counted = { photos: 0, unpublished: 3, masters: 1, addresses: 0 };
    expect(await countRetention(tools)).toMatchObject(counted);
    expect(await files()).toHaveLength(6);
    await carryOut(after);
    expect(await countRetention(tools)).toMatchObject(NOTHING);
    expect((await files()).sort()).toEqual([`${publicOne} 1920`, `${publicOne} 480.jpg`]);
    for (const id of [received, decided]) {
      const gone = { state: 'refused', reason: 'campaign-over', held: false, city: '', name: null };
      expect(await life.read(id)).toMatchObject(gone);
    }
    expect(await life.read(rejected)).toMatchObject({ state: 'rejected', held: false });
    expect(await life.read(publicOne)).toMatchObject({ state: 'approved', held: true });
    expect(await tools.test.database.read.contact.count()).toBe(0);
  });

  it('what leaves the public afterwards goes at the next sweep', async () => {
    const id = await shown();
    await carryOut(after);
    await life.decide(id, 'reopened', after);
    await eraseDue(tools);
    await carryOut(after);
    expect(await files()).toEqual([]);
    expect(await life.read(id)).toMatchObject({ state: 'refused', held: false });
  });
});
