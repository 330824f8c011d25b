import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cityKey } from '../../src/store/gallery.ts';
import type { Task } from '../../src/submission/states.ts';
import { openTestStore, type TestStore } from '../support/database.ts';
import { onSqlite } from '../support/engines.ts';
import { FACTS, LEASE_MS, type Life, minutes, NOON, openLife } from '../support/submissions.ts';

const PLACES = [
  { embassySlug: 'embassy-vienna', country: 'AT', city: 'Wien' },
  { embassySlug: 'embassy-berlin', country: 'DE', city: 'Berlin' },
];
const EXPOSURES = ['shown', 'covered', 'counted'] as const;
const VERBS = [
  ...(['receive', 'clean', 'approve', 'reject', 'reopen', 'publish', 'encode', 'card'] as const),
  ...(['lower', 'withdraw', 'erase', 'retract', 'refuse', 'cover', 'paint'] as const),
];

type Step = { verb: (typeof VERBS)[number]; pick: number; place: number; exposure: number };
const step: fc.Arbitrary<Step> = fc.record({
  verb: fc.constantFrom(...VERBS, 'clean', 'approve', 'approve', 'publish', 'publish', 'paint'),
  pick: fc.nat(20),
  place: fc.nat(1),
  exposure: fc.nat(2),
});

/** Does a step to one of the submissions there are; what is not possible there must do nothing. */
async function take(test: TestStore, life: Life, ids: string[], wanted: Step): Promise<void> {
  const { store } = test;
  const exposure = EXPOSURES[wanted.exposure] ?? 'shown';
  const place = PLACES[wanted.place] ?? PLACES[0];
  if (wanted.verb === 'receive' || ids.length === 0) {
    const covers = [{ x: 0, y: 0, width: 1, height: 1 }];
    const where = { ...place, cityKey: cityKey(place?.city ?? '') };
    ids.push(await life.receive({ ...where, exposure, covers }));
    return;
  }
  const id = ids[wanted.pick % ids.length] ?? '';
  const job = async (task: Task) => store.jobs.claim([task], minutes(60 * 24 * 30), LEASE_MS);
  const claimed = ['publish', 'encode', 'card', 'erase', 'retract'].includes(wanted.verb)
    ? await job(wanted.verb as 'publish')
    : null;
  switch (wanted.verb) {
    case 'clean': {
      const next = await job('clean');
      if (next) await store.jobs.release(next);
      if (next) await life.clean(next.row.id, undefined, minutes(60 * 24 * 30));
      return;
    }
    case 'refuse': {
      const next = await job('clean');
      if (next) await store.jobs.refuse(next, 'photo-broken', NOON);
      return;
    }
    case 'approve':
      return void (await life.decide(id, 'approved'));
    case 'reject':
      return void (await life.decide(id, 'rejected'));
    case 'reopen':
      return void (await life.decide(id, 'reopened'));
    case 'cover':
      return void (await life.cover(id));
    case 'paint': {
      const next = await job('cover');
      if (next) await store.covers.finish(next, FACTS, NOON);
      return;
    }
    case 'lower':
      return void (await store.submissions.lowerExposure(id, exposure, NOON));
    case 'withdraw':
      return store.submissions.withdraw(id, NOON);
    case 'publish':
      if (claimed) await store.jobs.finishPublishing(claimed, [], '2026-11', NOON);
      return;
    case 'encode':
      if (claimed) await store.jobs.finishEncoding(claimed, [], NOON);
      return;
    case 'card':
      if (claimed) await store.jobs.finishCard(claimed);
      return;
    default:
      if (claimed) await store.jobs.finish(claimed, wanted.verb === 'erase');
  }
}

/** What the tallies should be, counted from the rows. */
async function recount(test: TestStore): Promise<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const row of await test.database.read.submission.findMany()) {
    const counted = row.state === 'approved' && row.exposure === 'counted';
    const as = row.pictureMonth ? 'shown' : counted ? 'counted' : null;
    if (!as) continue;
    const key = `${row.embassySlug} ${row.cityKey} ${row.participant} ${as}`;
    sums[key] = (sums[key] ?? 0) + 1;
  }
  return sums;
}

async function tallies(test: TestStore): Promise<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const row of await test.database.read.tally.findMany()) {
    const key = `${row.embassySlug} ${row.cityKey} ${row.participant}`;
    if (row.shown !== 0) sums[`${key} shown`] = row.shown;
    if (row.counted !== 0) sums[`${key} counted`] = row.counted;
  }
  return sums;
}

it('keeps the tallies equal to the rows through every walk of verbs', async () => {
  let moved = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 80 }), async (steps) => {
      const test = await openTestStore();
      try {
        const life = openLife(test.store);
        const ids: string[] = [];
        for (const each of steps) {
          await take(test, life, ids, each);
          const now = await tallies(test);
          expect(now).toEqual(await recount(test));
          moved += Object.keys(now).length;
        }
        const public_ = await test.store.gallery.list({}, 100);
        expect(public_.every((row) => row.state === 'approved')).toBe(true);
        expect(await test.store.gallery.total({})).toBe(public_.length);
      } finally {
        await test.dispose();
      }
    }),
    { numRuns: onSqlite ? 15 : 4, seed: 20261120 },
  );
  expect(moved).toBeGreaterThan(30);
}, 60_000);
