import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../support/database.ts';
import { minutes, NOON } from '../support/submissions.ts';

let test: TestStore;

beforeEach(async () => {
  test = await openTestStore();
});
afterEach(() => test.dispose());

describe('sessions', () => {
  it('are found until they end or run out', async () => {
    const { sessions } = test.store;
    await sessions.begin('id', 'ada', { csrf: 1 }, minutes(30));
    expect(await sessions.get('id', minutes(29))).toEqual({ csrf: 1 });
    await sessions.keep('id', { csrf: 2 }, minutes(60));
    expect(await sessions.get('id', minutes(30))).toEqual({ csrf: 2 });
    await sessions.end('id');
    expect(await sessions.get('id', NOON)).toBeNull();
  });

  it('J17 that ran out once are over, wherever the clock goes', async () => {
    const { sessions } = test.store;
    await sessions.begin('id', 'ada', {}, minutes(30));
    expect(await sessions.get('id', minutes(30))).toBeNull();
    expect(await sessions.get('id', NOON)).toBeNull();
  });

  it('stay ended, whatever a request that was under way still keeps', async () => {
    const { sessions } = test.store;
    await sessions.begin('id', 'ada', {}, minutes(30));
    await sessions.end('id');
    await sessions.keep('id', {}, minutes(60));
    expect(await sessions.get('id', NOON)).toBeNull();
  });

  it('are listed to their owner, and ended one by one or all but one', async () => {
    const { sessions } = test.store;
    await sessions.begin('first', 'ada', { startedAt: 1 }, minutes(10));
    await sessions.begin('second', 'ada', { startedAt: 2 }, minutes(20));
    await sessions.begin('third', 'ada', {}, minutes(30));
    await sessions.begin('over', 'ada', {}, minutes(5));
    await sessions.begin('his', 'bo', {}, minutes(30));
    const handles = async () => (await sessions.of('ada', minutes(5))).map(({ handle }) => handle);
    const [third, second, first] = await handles();
    expect([first, second, third]).toEqual(['first', 'second', 'third'].map(sessions.handleOf));
    expect(await sessions.endOne('bo', sessions.handleOf('first'))).toBe(false);
    expect(await sessions.endOne('ada', sessions.handleOf('first'))).toBe(true);
    expect(await handles()).toEqual([third, second]);
    expect(await sessions.endOthers('ada', 'second')).toBe(2);
    expect(await handles()).toEqual([second]);
    expect(await sessions.of('bo', NOON)).toHaveLength(1);
  });

  it('are not opened by what the table holds', async () => {
    await test.store.sessions.begin('id', 'ada', {}, minutes(30));
    const { idHash } = await test.database.read.session.findFirstOrThrow();
    expect(idHash).not.toContain('id');
    expect(await test.store.sessions.get(idHash, NOON)).toBeNull();
  });
});
