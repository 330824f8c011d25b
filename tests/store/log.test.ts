import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../support/database.ts';
import { type Life, openLife } from '../support/submissions.ts';

let test: TestStore;
let life: Life;

beforeEach(async () => {
  test = await openTestStore();
  life = openLife(test.store);
  for (const decision of ['approved', 'rejected', 'rejected', 'approved'] as const) {
    await life.decide(await life.waiting(), decision);
  }
});
afterEach(() => test.dispose());

const verify = () => test.store.log.verify();

describe('the chain of the log', () => {
  it('is whole', async () => {
    expect(await verify()).toEqual({ entries: 4, faults: [] });
  });

  it.each([
    ['decision', { decision: 'rejected' }],
    ['person', { moderatorId: 'bo' }],
    ['time', { at: new Date(0) }],
    ['note', { note: 'never said' }],
    ['criteria', { criteria: { flag: true, slogan: true, embassy: false } }],
  ])('names an entry whose %s was changed', async (_, data) => {
    await test.database.write((tx) => tx.logEntry.update({ where: { id: 1 }, data }));
    expect((await verify()).faults).toEqual([{ kind: 'changed', from: 1, to: 1 }]);
  });

  it('E18 names entries that were dropped', async () => {
    await drop([2, 3]);
    expect((await verify()).faults).toEqual([{ kind: 'missing', from: 2, to: 3 }]);
  });

  it('E18 misses the last entry', async () => {
    await drop([4]);
    expect((await verify()).faults).toEqual([{ kind: 'missing', from: 4, to: 4 }]);
  });

  it('E18 names entries that were added, even with a hash that was once good', async () => {
    const row = await test.database.read.logEntry.findUniqueOrThrow({ where: { id: 4 } });
    const { criteria: _, ...copy } = { ...row, id: 5 };
    await test.database.write((tx) => tx.logEntry.create({ data: copy }));
    const { faults } = await verify();
    expect(faults).toContainEqual({ kind: 'changed', from: 5, to: 5 });
  });

  it('E18 names an entry put in the place of another', async () => {
    await drop([2]);
    const row = await test.database.read.logEntry.findUniqueOrThrow({ where: { id: 3 } });
    const { criteria: _, ...copy } = { ...row, id: 2 };
    await test.database.write((tx) => tx.logEntry.create({ data: copy }));
    expect((await verify()).faults).toContainEqual({ kind: 'changed', from: 2, to: 2 });
  });

  it('E18 goes on after an outsider emptied the table, and says what is missing', async () => {
    await drop([1, 2, 3, 4]);
    expect((await verify()).faults).toEqual([{ kind: 'missing', from: 1, to: 1 }]);
  });
});

async function drop(ids: number[]): Promise<void> {
  await test.database.write((tx) => tx.logEntry.deleteMany({ where: { id: { in: ids } } }));
}
