import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMosaic } from '../../src/processing/mosaic.ts';
import { inRainbowOrder, MOST_TILES, planMosaic } from '../../src/processing/mosaic-plan.ts';
import { onSqlite } from '../support/engines.ts';
import { type Life, NOON, openLife } from '../support/submissions.ts';
import { openTestTools, type TestTools } from '../support/tools.ts';

const tile = (color: string) => ({ id: color, version: 1, color });

describe('the plan of a mosaic', () => {
  it('goes from red to violet, dark greys before and light greys behind', () => {
    const colors = [
      ...['#0a0a0a', '#707172', '#c01020', '#d08030', '#e0d820', '#209030', '#2050c0', '#6020a0'],
      ...['#a8a9aa', '#ffffff'],
    ];
    const mixed = [...colors].sort().map(tile);
    expect(inRainbowOrder(mixed).map(({ color }) => color)).toEqual(colors);
  });

  it('has each photo once, in rows of one width, at most 6000 pixels wide', () => {
    const counts = fc.oneof(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: MOST_TILES }),
    );
    fc.assert(
      fc.property(counts, (count) => {
        const tiles = Array.from({ length: count }, (_, at) =>
          tile(`#${at.toString(16).padStart(6, '0')}`),
        );
        const plan = planMosaic(tiles);
        expect(
          plan
            .flatMap((row) => row.tiles)
            .map(({ id }) => id)
            .sort(),
        ).toEqual(tiles.map(({ id }) => id).sort());
        const widths = new Set(plan.map((row) => row.widths.reduce((sum, each) => sum + each, 0)));
        expect(widths.size).toBe(1);
        expect([...widths][0]).toBeLessThanOrEqual(6000);
        for (const { widths: own, height } of plan) {
          expect(Math.max(...own) / height).toBeLessThanOrEqual(2);
          expect(Math.min(...own) / height).toBeGreaterThanOrEqual(0.9);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the mosaic', () => {
  let tools: TestTools;
  let life: Life;
  let mosaic: ReturnType<typeof openMosaic>;
  let meanwhile: () => Promise<void>;

  beforeEach(async () => {
    tools = await openTestTools();
    life = openLife(tools.store);
    meanwhile = async () => {};
    tools.images.drawRow = async ({ jpegs }) => Buffer.from(jpegs.join(' '));
    tools.images.stackRows = async (rows) => {
      await meanwhile();
      const picture = (name: string) => ({
        bytes: Buffer.from(`${name}: ${rows.join(' ')}`),
        width: 960,
        height: 480,
      });
      return { full: picture('full'), small: picture('small') };
    };
    mosaic = openMosaic(tools);
  });
  afterEach(() => tools.dispose());

  async function published(): Promise<string> {
    const id = await life.published();
    await tools.photos.seal(id, '480', Buffer.from(id.slice(0, 8)));
    return id;
  }

  const current = () => tools.store.mosaics.current();
  const files = async () => (await tools.photos.mosaics.names()).sort();

  it('is of all public photos, of nothing that waits or only counts', async () => {
    const ids = [await published(), await published()];
    await life.waiting();
    const counted = await life.waiting({ exposure: 'counted' });
    await life.decide(counted, 'approved');
    await mosaic.make();
    const made = await current();
    expect(made).toMatchObject({ photos: 2, width: 960, height: 480 });
    expect(await files()).toEqual([`${made?.file}-small.jpg`, `${made?.file}.jpg`]);
    expect((await tools.store.mosaics.tiles(10)).map(({ id }) => id)).toEqual([...ids].sort());
    await mosaic.make();
    await mosaic.clear();
    expect(await current()).toEqual(made);
    expect(await files()).toHaveLength(2);
  });

  it.each([
    ['taken back', (id: string) => tools.store.submissions.withdraw(id, NOON)],
    ['reopened', (id: string) => life.decide(id, 'reopened')],
    ['covered', (id: string) => life.cover(id)],
    [
      'only counted from now on',
      (id: string) => tools.store.submissions.lowerExposure(id, 'counted', NOON),
    ],
  ])('is gone with the photo that is %s, then made without it', async (_, leave) => {
    const [gone] = [await published(), await published()];
    await mosaic.make();
    const first = await current();
    await leave(gone ?? '');
    expect(await current()).toBeNull();
    await mosaic.clear();
    expect(await files()).toEqual([]);
    await mosaic.make();
    const second = await current();
    expect(second).toMatchObject({ photos: 1 });
    expect(second?.file).not.toBe(first?.file);
  });

  it('with a photo that is taken back while it is made is none', async () => {
    const [gone] = [await published(), await published()];
    meanwhile = () => tools.store.submissions.withdraw(gone ?? '', NOON);
    await mosaic.make();
    expect(await current()).toBeNull();
    await mosaic.clear();
    expect(await files()).toEqual([]);
  });

  it('grows with the next photo, and its files of before go', async () => {
    await published();
    await mosaic.make();
    const first = await current();
    await published();
    await mosaic.make();
    expect(await current()).toMatchObject({ photos: 2 });
    await mosaic.clear();
    expect(await files()).toHaveLength(2);
    expect((await files()).join()).not.toContain(first?.file);
  });

  it('that a crash left half made goes', async () => {
    await tools.photos.mosaics.write('0123456789abcdef.jpg', Buffer.from('left'));
    await mosaic.clear();
    expect(await files()).toEqual([]);
  });

  it('waits while photos wait to be cleaned, and breaks off at a stop', async () => {
    await published();
    const waiting = await life.receive();
    await mosaic.make();
    expect(await current()).toBeNull();
    await life.clean(waiting);
    mosaic.stop();
    await mosaic.make();
    expect(await current()).toBeNull();
  });

  it.skipIf(!onSqlite)('SQLite: asks for its photos by an index', async () => {
    const plan = await tools.test.database.read.$queryRawUnsafe<{ detail: string }[]>(
      'EXPLAIN QUERY PLAN SELECT id, version, facts FROM Submission WHERE pictureMonth IS NOT NULL ORDER BY id ASC LIMIT 3750',
    );
    expect(plan.map(({ detail }) => detail).join()).not.toMatch(/TEMP B-TREE/);
  });
});
