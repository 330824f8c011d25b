import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GalleryCursor, GalleryFilter } from '../../src/store/gallery.ts';
import { openTestStore, type TestStore } from '../support/database.ts';
import { FACTS, newSubmission, RENDITIONS } from '../support/submissions.ts';

const PLACES = [
  { embassySlug: 'embassy-vienna', country: 'AT', cityKey: 'wien' },
  { embassySlug: 'embassy-vienna', country: 'AT', cityKey: 'graz' },
  { embassySlug: 'embassy-berlin', country: 'DE', cityKey: 'berlin' },
];
const MONTHS = ['2026-09', '2026-10', '2026-11', null];
const COUNT = 400;

let test: TestStore;

/** Most photos lie in few months, so that cursors are tried inside a month, not only between. */
beforeAll(async () => {
  test = await openTestStore();
  const rows = Array.from({ length: COUNT }, (_, i) => ({
    ...newSubmission({ id: randomUUID() }),
    ...PLACES[i % 3],
    participant: i % 5 === 0 ? 'organisation' : 'person',
    state: 'approved',
    pictureMonth: MONTHS[Math.floor(i / 3) % 4] ?? null,
    facts: { ...FACTS },
    renditions: RENDITIONS.map((rendition) => ({ ...rendition })),
  }));
  await test.database.write((tx) => tx.submission.createMany({ data: rows as never }));
});
afterAll(() => test.dispose());

async function walk(filter: GalleryFilter, limit: number) {
  const items = [];
  let after: GalleryCursor | undefined;
  for (;;) {
    const page = await test.store.gallery.list(filter, limit, after);
    items.push(...page);
    const last = page.at(-1);
    if (!last || page.length < limit) return items;
    after = { month: last.pictureMonth, id: last.id };
  }
}

describe('the gallery', () => {
  it.each<[GalleryFilter, number]>([
    [{}, 24],
    [{}, 1],
    [{}, 100],
    [{ embassy: 'embassy-vienna' }, 7],
    [{ country: 'DE' }, 7],
    [{ city: 'GRAZ' }, 7],
    [{ participant: 'organisation' }, 7],
    [{ embassy: 'embassy-vienna', city: 'wien', participant: 'person', country: 'AT' }, 7],
    [{ city: 'nowhere' }, 7],
  ])('with %j shows every public photo once, in pages of %i', async (filter, limit) => {
    const { embassy, country, city, participant } = filter;
    const expected = await test.database.read.submission.findMany({
      where: {
        pictureMonth: { not: null },
        ...(embassy && { embassySlug: embassy }),
        ...(country && { country }),
        ...(city && { cityKey: city.toLowerCase() }),
        ...(participant && { participant }),
      },
      orderBy: [{ pictureMonth: 'desc' }, { id: 'desc' }],
    });
    const seen = await walk(filter, limit);
    expect(seen.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    expect(seen.every((row) => row.embassy.slug === row.embassySlug)).toBe(true);
  });

  it('knows what lies before and after a photo, over the ends of months', async () => {
    const all = await walk({}, 100);
    const ids = all.map(({ id }) => id);
    const edges = all.filter((row, at) => row.pictureMonth !== all[at + 1]?.pictureMonth);
    expect(edges).toHaveLength(3);
    for (const row of [...all.slice(0, 3), ...edges]) {
      const at = ids.indexOf(row.id);
      const expected = { previous: ids[at - 1] ?? null, next: ids[at + 1] ?? null };
      expect(await test.store.gallery.beside(row)).toEqual(expected);
    }
  });

  it('goes on behind a photo that was taken back meanwhile', async () => {
    const [first, second, third] = await test.store.gallery.list({}, 3);
    if (!second) throw new Error('too few');
    const hide = (pictureMonth: string | null) =>
      test.database.write((tx) =>
        tx.submission.update({ where: { id: second.id }, data: { pictureMonth } }),
      );
    await hide(null);
    const after = { month: second.pictureMonth, id: second.id };
    const [next] = await test.store.gallery.list({}, 1, after);
    await hide(second.pictureMonth);
    expect(next?.id).toBe(third?.id);
    expect(first?.id).not.toBe(third?.id);
  });
});
