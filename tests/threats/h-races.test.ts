import { afterEach, beforeEach, expect, it, onTestFailed } from 'vitest';
import { dice, SEED } from '../support/dice.ts';
import { openInside } from '../support/inside.ts';
import { readLedger } from '../support/ledger.ts';
import { approve, reject, type Staff, signIn, withReceipt } from '../support/people.ts';
import { type Planted, plant } from '../support/plant.ts';
import { rounds } from '../support/rounds.ts';
import { type Service, startService } from '../support/service.ts';

const ROUNDS = rounds({ quick: 60, ci: 1000, long: 10000 });
const SIDE_BY_SIDE = 4;
const LIMIT_MS = 60_000 + ROUNDS * 500;

let service: Service;
let planted: Planted[];
let ada: Staff;
let bo: Staff;

beforeEach(async () => {
  service = await startService({ BRAKE_PHOTOS: '1000000' });
  await service.stop();
  const inside = await openInside({ folder: service.folder });
  planted = await plant(inside, ROUNDS);
  await inside.close();
  await service.restart();
  ada = await signIn(service, 'ada@example.org');
  bo = await signIn(service, 'bo@example.org');
}, LIMIT_MS);
afterEach(() => service?.dispose());

/** Plays a round for each planted submission, some at the same time. */
async function play(round: (each: Planted, at: number) => Promise<void>): Promise<void> {
  const rounds = planted.entries();
  const lane = async () => {
    for (const [at, each] of rounds) await round(each, at);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane));
}

const VERSION = 2;
const INBOX = '/api/v1/moderation';

it(
  'J13 lets one of two moderators win and tells the other who decided what',
  async () => {
    const approved: string[] = [];
    await play(async ({ id }, at) => {
      const [first, second] = at % 2 ? [ada, bo] : [bo, ada];
      const [choose, oppose] = at % 4 < 2 ? [approve, reject] : [reject, approve];
      const one = choose(first, id, VERSION);
      const [a, b] = await Promise.all([one, oppose(second, id, VERSION)]);
      expect([a.status, b.status].sort()).toEqual([200, 409]);
      const [won, lost, winner] = a.ok ? [a, b, first] : [b, a, second];
      const { state, version } = await won.json();
      if (state === 'approved') approved.push(id);
      const { code, current } = await lost.json();
      const decidedBy = winner === ada ? 'ada@example.org' : 'bo@example.org';
      expect(code).toBe('decided-already');
      expect(current).toMatchObject({ state, version, decidedBy });
    });
    expect((await logged()).sort()).toEqual(planted.map(({ id }) => id).sort());
    expect(approved.length).toBeGreaterThan(0);
    expect(approved.length).toBeLessThan(ROUNDS);
    await expectAgreement(approved.length);
  },
  LIMIT_MS,
);

it(
  'H9 J14 lets a withdrawal win over an approval, whichever comes first',
  async () => {
    onTestFailed(() => console.error(`SEED=${SEED} ROUNDS=${ROUNDS}`));
    const random = dice(SEED);
    await play(async ({ id, receipt }) => {
      const wait = random() * 20;
      const [approval, withdrawal] = await Promise.all([
        later(wait, () => approve(ada, id, VERSION)),
        later(20 - wait, () => withReceipt(service, receipt, 'DELETE')),
      ]);
      expect(withdrawal.status).toBe(204);
      expect([200, 409]).toContain(approval.status);
      for (const path of [`/api/v1/gallery/${id}`, `/photos/${id}/480.jpg`]) {
        expect((await fetch(service.url + path)).status).toBe(410);
      }
      expect((await approve(bo, id, VERSION + 1)).status).toBe(409);
    });
    await expectAgreement(0);
    const { rows, files } = await readLedger(service.folder);
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['withdrawn']));
    expect(files).toEqual([]);
  },
  LIMIT_MS,
);

async function later<T>(ms: number, act: () => Promise<T>): Promise<T> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return act();
}

/** Submissions of the log, entry by entry. */
/** The photos somebody decided about; whom the settings made moderators stands in the log too. */
async function logged(): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
    const page = await (await ada.get(`${INBOX}/log?limit=100${query}`)).json();
    const entries: { submissionId: string | null }[] = page.items;
    ids.push(...entries.flatMap(({ submissionId }) => submissionId ?? []));
    cursor = page.nextCursor;
  }
  return ids;
}

/** Gallery, coverage, rows, files and tallies say the same, once nothing is left to be done. */
async function expectAgreement(photos: number): Promise<void> {
  const read = async (path: string) => (await fetch(service.url + path)).json();
  await expect.poll(() => read('/api/v1/coverage'), { timeout: 30_000 }).toMatchObject({ photos });
  expect((await read('/api/v1/gallery')).total).toBe(photos);
  await service.stop();
  const { rows, faults } = await readLedger(service.folder);
  expect(faults).toEqual([]);
  expect(rows.filter(({ pictureMonth }) => pictureMonth)).toHaveLength(photos);
}
