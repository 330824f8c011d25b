import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../support/database.ts';
import { onSqlite } from '../support/engines.ts';
import { type Life, minutes, NOON, openLife } from '../support/submissions.ts';

let test: TestStore;
let life: Life;

beforeEach(async () => {
  test = await openTestStore();
  life = openLife(test.store);
});
afterEach(() => test.dispose());

describe('a claim', () => {
  it('stays with who opened the photo first, for five minutes', async () => {
    const id = await life.waiting();
    const { claims } = test.store;
    await claims.take(id, 'ada', NOON);
    expect(await claims.take(id, 'bo', minutes(4))).toMatchObject({ moderatorId: 'ada' });
    expect((await claims.of([id], minutes(4))).get(id)).toMatchObject({ moderatorId: 'ada' });
    expect((await claims.of([id], minutes(5))).size).toBe(0);
    expect(await claims.take(id, 'bo', minutes(5))).toMatchObject({ moderatorId: 'bo' });
  });

  it('is given back by opening another photo', async () => {
    const [first, second] = [await life.waiting(), await life.waiting()];
    await test.store.claims.take(first, 'ada', NOON);
    await test.store.claims.take(second, 'ada', NOON);
    expect([...(await test.store.claims.of([first, second], NOON)).keys()]).toEqual([second]);
  });

  it('is told to who listens, once', async () => {
    const id = await life.waiting();
    const heard: string[][] = [];
    const stop = test.database.onChange((ids) => heard.push(ids));
    await test.store.claims.take(id, 'ada', NOON);
    await test.store.claims.take(id, 'ada', minutes(1));
    stop();
    await test.store.claims.take(id, 'bo', minutes(30));
    // Where processes share a database, each hears its own changes a second time.
    expect(onSqlite ? heard : heard.slice(0, 1)).toEqual([[id]]);
  });
});
