import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Figures } from '../../src/moderation/numbers.ts';
import { record } from '../../src/store/log.ts';
import { plant } from '../support/plant.ts';
import { openSite, type Site } from '../support/site.ts';

const API = '/api/v1/moderation/numbers';

let site: Site;
beforeEach(async () => {
  site = await openSite({ MODERATORS: 'ada@example.org' });
});
afterEach(() => site.close());

async function read(address: string): Promise<Figures> {
  const { cookie } = await site.signIn(address);
  return (await site.get(API, { cookie })).json() as Promise<Figures>;
}

/** Decisions of Ada about photos that had waited so many hours. */
async function decide(hours: number[]) {
  const ada = (await site.store.moderators.byAddress('ada@example.org'))?.id ?? '';
  for (const hoursWaited of hours) {
    const deed = { moderatorId: ada, decision: 'approved', hoursWaited } as const;
    await site.database.write((tx) => record(tx, site.keys, site.now(), deed));
  }
}

it('says half a year in figures', async () => {
  await plant(site, 3, { pictures: false });
  await decide(Array.from({ length: 100 }, (_, index) => index + 1));
  const { weeks, waited, embassies, reasons } = await read('ada@example.org');
  expect(weeks).toHaveLength(26);
  expect(weeks.at(-1)).toMatchObject({ received: 3, approved: 100, rejected: 0 });
  expect(new Date(weeks[0]?.from ?? '').getUTCDay()).toBe(1);
  expect(waited).toEqual({ decisions: 100, medianHours: 50, p95Hours: 95 });
  expect(embassies).toEqual([
    { slug: 'embassy-vienna', name: 'Embassy of Azerbaijan in Vienna', count: 3 },
  ]);
  expect(reasons).toEqual([]);
});

it('says nothing of decisions where there are none', async () => {
  expect((await read('ada@example.org')).waited).toBeNull();
});

it('tells what each person decided to admins alone', async () => {
  await site.store.moderators.add('mo@example.org', site.now());
  await decide([1, 2, 3]);
  const told = [{ name: 'ada@example.org', count: 3, approved: 3, rejected: 0, reopened: 0 }];
  expect((await read('ada@example.org')).moderators).toEqual(told);
  expect((await read('mo@example.org')).moderators).toBeNull();
  const pageOf = async (address: string) => {
    const { cookie } = await site.signIn(address);
    return (await site.get('/moderation/numbers', { cookie })).text();
  };
  expect(await pageOf('ada@example.org')).toContain('What each person decided');
  const mo = await pageOf('mo@example.org');
  expect(mo).toContain('Photos per week');
  expect(mo).not.toMatch(/What each person decided|ada@example\.org/);
});
