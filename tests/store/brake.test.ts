import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BRAKE_PHOTOS, openTestStore, type TestStore } from '../support/database.ts';
import { type Life, minutes, NOON, openLife, SEEN } from '../support/submissions.ts';

let test: TestStore;
let life: Life;
let ada: string;
let bo: string;

beforeEach(async () => {
  test = await openTestStore();
  life = openLife(test.store);
  ada = (await test.store.moderators.add('ada@example.org', NOON)).id;
  bo = (await test.store.moderators.add('bo@example.org', NOON)).id;
});
afterEach(() => test.dispose());

async function reject(moderatorId: string, now = NOON) {
  const id = await life.waiting();
  const { version } = await life.read(id);
  const order = { id, version, moderatorId, decision: 'rejected', reason: 'other' } as const;
  return { id, outcome: await test.store.decisions.decide(order, now) };
}

async function rejectMany(count: number, now = NOON): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) ids.push((await reject(ada, now)).id);
  return ids;
}

describe('the brake', () => {
  it(`stops an account after ${BRAKE_PHOTOS} photos, until a second person releases it`, async () => {
    await rejectMany(BRAKE_PHOTOS);
    const { id, outcome } = await reject(ada);
    expect(outcome).toMatchObject({ kind: 'braked' });
    expect(await life.read(id)).toMatchObject({ state: 'waiting', version: 2 });
    expect((await reject(ada, minutes(120))).outcome).toMatchObject({
      kind: 'braked',
    });
    expect((await reject(bo)).outcome.kind).toBe('done');

    const approval = { id, version: 2, moderatorId: ada, decision: 'approved', criteria: SEEN };
    const approved = await test.store.decisions.decide(approval as never, NOON);
    expect(approved.kind).toBe('done');

    expect(await test.store.brake.release(ada, ada, minutes(121))).toBe(false);
    expect(await test.store.brake.release(ada, bo, minutes(121))).toBe(true);
    expect((await reject(ada, minutes(122))).outcome.kind).toBe('done');
    const acts = (await test.store.log.list(500)).map(({ decision }) => decision);
    expect(acts.filter((act) => act.startsWith('brake'))).toEqual([
      'brake-released',
      'brake-pulled',
    ]);
  });

  it('counts an hour, not a day', async () => {
    await rejectMany(BRAKE_PHOTOS);
    expect((await reject(ada, minutes(61))).outcome.kind).toBe('done');
  });

  it('counts photos taken from the public, and none that wait again after a rejection', async () => {
    const ids = await rejectMany(BRAKE_PHOTOS - 1);
    const shown = await life.published();
    const reopen = async (id: string, moderatorId: string) => {
      const { version } = await life.read(id);
      return test.store.decisions.decide({ id, version, moderatorId, decision: 'reopened' }, NOON);
    };
    expect((await reopen(ids[0] ?? '', ada)).kind).toBe('done');
    expect((await reopen(shown, ada)).kind).toBe('done');
    expect((await reject(ada)).outcome.kind).toBe('braked');
  });

  it('knows what an account hid and nobody decided about since', async () => {
    const [first = '', second = ''] = await rejectMany(2);
    const shown = await life.published();
    const { version } = await life.read(shown);
    const order = { id: shown, version, moderatorId: ada, decision: 'reopened' } as const;
    await test.store.decisions.decide(order, minutes(1));
    await life.decide(first, 'reopened', minutes(2));
    const hidden = await test.store.brake.hiddenBy(ada, minutes(-1));
    expect(hidden).toContainEqual({ submissionId: second, approved: null });
    expect(hidden).toContainEqual({ submissionId: shown, approved: SEEN });
    expect(hidden).toHaveLength(2);
  });
});
