import { readFile } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../support/database.ts';
import { FACTS, type Life, NOON, openLife } from '../support/submissions.ts';

let test: TestStore;
let life: Life;

beforeEach(async () => {
  test = await openTestStore();
  life = openLife(test.store);
});
afterEach(() => test.dispose());

const NAME = 'Canary of the past';

/** How often a text stands in the database and its write-ahead log. */
async function count(text: string): Promise<number> {
  const files = ['data.db', 'data.db-wal'].map((name) => readFile(`${test.folder}/${name}`));
  const all = Buffer.concat(await Promise.all(files));
  let found = 0;
  for (let at = all.indexOf(text); at >= 0; at = all.indexOf(text, at + 1)) found += 1;
  return found;
}

describe('what was overwritten is in no file any more', () => {
  it('after a photo was painted over', async () => {
    const id = await life.waiting();
    await life.cover(id);
    expect(await count(FACTS.placeholder)).toBeGreaterThan(0);
    const painted = { ...FACTS, placeholder: 'BBBB' };
    await test.store.covers.finish(await life.claim(id, ['cover']), painted, NOON);
    await expect.poll(() => count(`"${FACTS.placeholder}"`)).toBe(0);
    expect(await count('"BBBB"')).toBe(1);
  });

  it('after it was taken back', async () => {
    const id = await life.waiting({ name: NAME });
    expect(await count(NAME)).toBeGreaterThan(0);
    await test.store.submissions.withdraw(id, NOON);
    await expect.poll(() => count(NAME)).toBe(0);
  });

  it('while others go on writing', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => life.waiting({ name: NAME })));
    let writing = true;
    const goOn = async () => {
      // The driver answers without ever waiting, so that timers would have no turn.
      for (; writing; await nextTurn()) await life.waiting({ name: 'Somebody else' });
    };
    const others = Promise.all([goOn(), goOn(), goOn()]);
    try {
      await Promise.all(ids.map((id) => test.store.submissions.withdraw(id, NOON)));
      await expect.poll(() => count(NAME), { timeout: 10_000 }).toBe(0);
    } finally {
      writing = false;
      await others;
    }
  });
});
