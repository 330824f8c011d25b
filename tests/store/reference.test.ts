import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeys } from '../../src/keys.ts';
import { loadEmbassies } from '../../src/store/embassies.ts';
import { isSameKey } from '../../src/store/settings.ts';
import { keys, openTestStore, type TestStore } from '../support/database.ts';

let test: TestStore;

beforeEach(async () => {
  test = await openTestStore();
});
afterEach(() => test.dispose());

describe('embassies', () => {
  it('of the file reach a database that knows older ones', async () => {
    const { read, write } = test.database;
    await write(async (tx) => {
      await tx.embassy.update({
        where: { slug: 'embassy-vienna' },
        data: { name: 'Old name', latitude: 1 },
      });
      await tx.embassy.delete({ where: { slug: 'embassy-berlin' } });
    });
    const embassies = await loadEmbassies(test.database);
    for (const slug of ['embassy-vienna', 'embassy-berlin']) {
      expect(await read.embassy.findUnique({ where: { slug } })).toEqual(embassies.get(slug));
    }
  });

  it('that left the file stay in the database and are not offered', async () => {
    const closed = { ...(await test.database.read.embassy.findFirstOrThrow()), slug: 'closed' };
    await test.database.write((tx) => tx.embassy.create({ data: closed }));
    expect((await loadEmbassies(test.database)).has('closed')).toBe(false);
    expect(await test.database.read.embassy.count({ where: { slug: 'closed' } })).toBe(1);
  });
});

describe('the key of a database', () => {
  it('is the one it was first opened with', async () => {
    expect(await isSameKey(test.database, keys)).toBe(true);
    expect(await isSameKey(test.database, keys)).toBe(true);
    expect(await isSameKey(test.database, openKeys('another secret'))).toBe(false);
    expect(await isSameKey(test.database, keys)).toBe(true);
  });
});
