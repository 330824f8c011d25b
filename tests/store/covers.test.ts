import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../support/database.ts';
import {
  AREA,
  FACTS,
  LEASE_MS,
  type Life,
  minutes,
  NOON,
  openLife,
} from '../support/submissions.ts';

let test: TestStore;
let life: Life;

beforeEach(async () => {
  test = await openTestStore();
  life = openLife(test.store);
});
afterEach(() => test.dispose());

const painted = { ...FACTS, color: '#1f1f24', placeholder: 'BBBB' };

async function paint(id: string, now = NOON) {
  return test.store.covers.finish(await life.claim(id, ['cover'], now), painted, now);
}

describe('an order to cover', () => {
  it('remembers the areas, and is a log entry that says how many', async () => {
    const first = { x: 0, y: 0, width: 0.1, height: 0.1 };
    const id = await life.waiting({ covers: [first] });
    const outcome = await life.cover(id, NOON, [AREA, AREA]);
    expect(outcome).toMatchObject({
      kind: 'done',
      row: { state: 'waiting', version: 3, covers: [first, AREA, AREA], task: 'cover' },
    });
    const [entry] = await test.store.log.list(10);
    expect(entry).toMatchObject({ decision: 'covered', submissionId: id, note: '2' });
    expect((await test.store.log.verify()).faults).toEqual([]);
  });

  it('has one winner when two cover the same version', async () => {
    const id = await life.waiting();
    const outcomes = await Promise.all([life.cover(id), life.cover(id)]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['done', 'stale']);
    expect((await life.read(id)).covers).toEqual([AREA]);
    expect(await test.store.log.list(10)).toHaveLength(1);
  });

  it('is possible exactly while there is a picture that may be shown', async () => {
    expect(await life.cover(await life.receive())).toMatchObject({ kind: 'impossible' });
    const rejected = await life.waiting();
    await life.decide(rejected, 'rejected');
    expect(await life.cover(rejected)).toMatchObject({ kind: 'impossible' });
    const counted = await life.waiting({ exposure: 'counted' });
    await life.decide(counted, 'approved');
    expect(await life.cover(counted)).toMatchObject({ kind: 'impossible' });
    const withdrawn = await life.waiting();
    await test.store.submissions.withdraw(withdrawn, NOON);
    expect(await life.cover(withdrawn)).toMatchObject({ kind: 'impossible' });
    expect(await life.cover(await life.published())).toMatchObject({ kind: 'done' });
  });

  it('about nothing is unknown', async () => {
    const order = { id: 'unknown', version: 1, moderatorId: 'ada', areas: [AREA] };
    expect(await test.store.covers.order(order, NOON)).toEqual({ kind: 'unknown' });
  });
});

describe('a public photo', () => {
  it('is forgotten by the gallery at once, and comes back in the month it had', async () => {
    const id = await life.published({}, '2026-09');
    await life.cover(id);
    expect(await test.store.gallery.find(id)).toBeNull();
    expect(await test.store.gallery.tallies()).toEqual([]);
    expect(await life.read(id)).toMatchObject({ state: 'approved', shownSince: '2026-09' });
    expect(await paint(id)).toBe(true);
    expect(await test.store.gallery.find(id)).toBeNull();
    expect(await life.read(id)).toMatchObject({ task: 'publish', facts: painted });
    await life.publish(id, (await life.read(id)).shownSince ?? '');
    expect(await test.store.gallery.find(id)).toMatchObject({ pictureMonth: '2026-09' });
  });

  it('that waits to be published is covered first', async () => {
    const id = await life.waiting();
    await life.decide(id, 'approved');
    const publishing = await life.claim(id, ['publish']);
    await life.cover(id);
    expect(await test.store.jobs.finishPublishing(publishing, [], '2026-11', NOON)).toBe(false);
    expect(await test.store.jobs.isOurs(publishing)).toBe(false);
    expect(await test.store.jobs.claim(['cover'], NOON, LEASE_MS)).toBeNull();
    await test.store.jobs.release(publishing);
    expect(await paint(id)).toBe(true);
  });
});

describe('while it is being painted', () => {
  it('nothing is decided: another task would lose the areas', async () => {
    const id = await life.waiting();
    await life.cover(id);
    for (const decision of ['approved', 'rejected'] as const) {
      expect(await life.decide(id, decision)).toMatchObject({ kind: 'impossible' });
    }
    await paint(id);
    expect(await life.read(id)).toMatchObject({ state: 'waiting', task: null, version: 3 });
    expect(await life.decide(id, 'approved')).toMatchObject({ kind: 'done' });
  });

  it('more areas are painted with the next try', async () => {
    const id = await life.waiting();
    await life.cover(id);
    const job = await life.claim(id, ['cover']);
    await life.cover(id);
    expect(await test.store.covers.finish(job, painted, NOON)).toBe(false);
    await test.store.jobs.release(job);
    expect((await life.claim(id, ['cover'])).row.covers).toEqual([AREA, AREA]);
  });

  it('a withdrawal wins', async () => {
    const id = await life.published();
    await life.cover(id);
    const job = await life.claim(id, ['cover']);
    await test.store.submissions.withdraw(id, NOON);
    expect(await test.store.covers.finish(job, painted, NOON)).toBe(false);
    await test.store.jobs.release(job);
    await life.claim(id, ['erase']);
    expect(await life.read(id)).toMatchObject({ covers: [], facts: null, shownSince: null });
  });

  it('a supporter who wants less shown gets both', async () => {
    const id = await life.published();
    await life.cover(id);
    expect(await test.store.submissions.lowerExposure(id, 'covered', NOON)).toBe(true);
    expect(await life.read(id)).toMatchObject({ state: 'waiting', task: 'cover' });
    await paint(id);
    expect(await life.read(id)).toMatchObject({ state: 'waiting', task: null });
  });
});

it('is braked like all that takes photos from the public: what is painted over is gone', async () => {
  const { id: moderatorId } = await test.store.moderators.add('ada@example.org', NOON);
  const ids = [];
  for (let at = 0; at <= 50; at += 1) ids.push(await life.waiting());
  const kinds = [];
  for (const id of ids) {
    const order = { id, version: 2, moderatorId, areas: [AREA] };
    kinds.push((await test.store.covers.order(order, minutes(1))).kind);
  }
  expect(kinds.slice(0, 50).every((kind) => kind === 'done')).toBe(true);
  expect(kinds.at(-1)).toBe('braked');
  expect((await life.read(ids.at(-1) ?? '')).covers).toEqual([]);
});
