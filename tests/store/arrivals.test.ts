import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../support/database.ts';
import { onSqlite } from '../support/engines.ts';
import { days, minutes, NOON, newSubmission } from '../support/submissions.ts';

let test: TestStore;
let id: string;
beforeEach(async () => {
  test = await openTestStore();
  id = randomUUID();
});
afterEach(() => test.dispose());

const receive = (now = NOON) => test.store.submissions.receive(newSubmission({ id }), null, now);
const rows = () => test.database.read.arrival.count();

describe.runIf(onSqlite)('a process with rows and files to itself', () => {
  it('announces nothing', async () => {
    await test.store.arrivals.announce(id, minutes(1));
    await test.store.arrivals.suspect(id, minutes(1));
    expect([await rows(), await test.store.arrivals.giveUp(minutes(2))]).toEqual([0, []]);
    expect(await receive()).toBe(true);
  });
});

describe.skipIf(onSqlite)('a file that has no row yet, with several processes', () => {
  it('gets its row as long as somebody speaks for it, and nothing is left to be known', async () => {
    const { arrivals } = test.store;
    await arrivals.announce(id, minutes(1));
    await arrivals.prolong([id], minutes(3));
    expect(await arrivals.giveUp(minutes(2))).toEqual([]);
    expect(await receive(minutes(2))).toBe(true);
    expect(await rows()).toBe(0);
    expect(await arrivals.giveUp(minutes(9))).toEqual([]);
  });

  it('is given up when nobody does, and then gets no row, however late its writer wakes up', async () => {
    const { arrivals, housekeeping } = test.store;
    await arrivals.announce(id, minutes(1));
    expect(await arrivals.giveUp(minutes(2))).toEqual([id]);
    await arrivals.prolong([id], minutes(60));
    await expect(receive(minutes(3))).rejects.toMatchObject({ code: 'busy', retryAfter: 5 });
    // Whoever was to erase the files may have died: they are told until that is done.
    expect(await arrivals.giveUp(minutes(3))).toEqual([id]);
    await arrivals.erased(id);
    expect(await arrivals.giveUp(minutes(62))).toEqual([]);
    await expect(receive(minutes(63))).rejects.toMatchObject({ code: 'busy' });
    expect(await housekeeping.eraseExpired(days(1))).toMatchObject({ arrivals: 0 });
    expect(await housekeeping.eraseExpired(days(1.1))).toMatchObject({ arrivals: 1 });
  });

  it('that was found by itself is given up soon, but not one that has a row', async () => {
    const { arrivals } = test.store;
    await receive();
    await arrivals.suspect(id, minutes(1));
    const orphan = randomUUID();
    await arrivals.suspect(orphan, minutes(1));
    await arrivals.suspect(orphan, minutes(9));
    expect(await arrivals.giveUp(minutes(2))).toEqual([orphan]);
    await arrivals.erased(orphan);
    await arrivals.suspect(orphan, minutes(9));
    expect(await arrivals.giveUp(minutes(3))).toEqual([orphan]);
  });
});
