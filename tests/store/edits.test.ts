import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Edit } from '../../src/store/edits.ts';
import { CARD } from '../../src/submission/renditions.ts';
import { openTestStore, type TestStore } from '../support/database.ts';
import { type Life, NOON, openLife, RENDITIONS } from '../support/submissions.ts';

let test: TestStore;
let life: Life;

beforeEach(async () => {
  test = await openTestStore();
  life = openLife(test.store);
});
afterEach(() => test.dispose());

async function edit(id: string, changes: Partial<Edit>) {
  const { version } = await life.read(id);
  return test.store.edits.edit({ id, version, moderatorId: 'ada', ...changes }, NOON);
}

describe('a correction', () => {
  it('changes what the public reads, and the numbers of its places with it', async () => {
    const id = await life.published({ city: 'Wein', cityKey: 'wein' });
    const before = test.database.publicVersion();
    const changes = { embassy: 'embassy-berlin', city: 'Berlin', alt: 'Two flags' };
    expect(await edit(id, changes)).toMatchObject({ kind: 'done' });
    expect(await life.read(id)).toMatchObject({
      embassySlug: 'embassy-berlin',
      country: 'DE',
      city: 'Berlin',
      cityKey: 'berlin',
      alt: 'Two flags',
      version: 4,
    });
    const tallies = await test.database.read.tally.findMany({ where: { shown: { not: 0 } } });
    expect(tallies).toMatchObject([{ embassySlug: 'embassy-berlin', cityKey: 'berlin', shown: 1 }]);
    expect(test.database.publicVersion()).toBeGreaterThan(before);
  });

  it('of a place takes the card with the old one off the list, and orders another', async () => {
    const id = await life.published();
    await test.store.jobs.finishEncoding(await life.claim(id, ['encode']), RENDITIONS, NOON);
    const drawing = await life.claim(id, ['card']);
    await edit(id, { city: 'Graz' });
    expect(await test.store.jobs.finishCard(drawing)).toBe(false);
    await test.store.jobs.release(drawing);
    expect(await life.read(id)).toMatchObject({ task: 'card', renditions: RENDITIONS });

    await test.store.jobs.finishCard(await life.claim(id, ['card']));
    expect(await life.read(id)).toMatchObject({ task: null, renditions: [...RENDITIONS, CARD] });
    await edit(id, { alt: 'Two flags', hideName: true });
    expect(await life.read(id)).toMatchObject({ task: null, renditions: [...RENDITIONS, CARD] });
    await edit(id, { embassy: 'embassy-berlin' });
    expect(await life.read(id)).toMatchObject({ task: 'card', renditions: RENDITIONS });
  });

  it('of a place leaves a photo that is being encoded to that, and orders nothing for one that waits', async () => {
    const id = await life.published();
    await edit(id, { city: 'Graz' });
    expect(await life.read(id)).toMatchObject({ task: 'encode' });
    const waiting = await life.waiting();
    await edit(waiting, { city: 'Graz' });
    expect(await life.read(waiting)).toMatchObject({ task: null, renditions: null });
  });

  it('hides words, and keeps them nowhere', async () => {
    const id = await life.published({ name: 'Zeynab-canary', message: 'message-canary' });
    await edit(id, { hideName: true, hideMessage: true });
    expect(await life.read(id)).toMatchObject({ name: null, message: null });
    const [entry] = await test.store.log.list(1);
    expect(entry).toMatchObject({ decision: 'edited', reason: 'name message', note: null });
    expect(JSON.stringify(await test.database.read.logEntry.findMany())).not.toContain('canary');
  });

  it('of nothing is no change', async () => {
    const id = await life.waiting();
    expect(await edit(id, { city: 'Wien', embassy: 'embassy-vienna', alt: '' })).toMatchObject({
      kind: 'done',
      row: { version: 2 },
    });
    expect(await test.store.log.list(10)).toEqual([]);
  });

  it('takes an alt text back to what the facts make of it', async () => {
    const id = await life.waiting();
    await edit(id, { alt: 'Two flags' });
    await edit(id, { alt: '' });
    expect((await life.read(id)).alt).toBeNull();
  });

  it('is refused for an embassy there is not, an old version, and what is gone', async () => {
    const id = await life.waiting();
    expect(await edit(id, { embassy: 'embassy-atlantis' })).toEqual({ kind: 'no-embassy' });
    expect(await edit(id, { city: 'Graz', version: 1 })).toMatchObject({ kind: 'stale' });
    await test.store.submissions.withdraw(id, NOON);
    expect(await edit(id, { city: 'Graz' })).toMatchObject({ kind: 'impossible' });
    expect((await life.read(id)).city).toBe('');
  });
});
