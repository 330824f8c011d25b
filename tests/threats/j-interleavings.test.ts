import { afterEach, beforeEach, expect, it, onTestFailed } from 'vitest';
import type { State } from '../../src/submission/states.ts';
import { dice, pick, SEED } from '../support/dice.ts';
import { openInside } from '../support/inside.ts';
import { readLedger } from '../support/ledger.ts';
import { approve, reject, reopen, type Staff, signIn, withReceipt } from '../support/people.ts';
import { type Planted, plant } from '../support/plant.ts';
import { rounds } from '../support/rounds.ts';
import { type Service, startService } from '../support/service.ts';

/** Each has a few photos that three people decide about at the same time, one by one and in bulk. */
const ROUNDS = rounds({ quick: 60, ci: 150, long: 1000 });
const PHOTOS = 2;
const STEPS = 3;
const SIDE_BY_SIDE = 4;
const LIMIT_MS = 60_000 + ROUNDS * 700;

let service: Service;
let planted: Planted[];
let staff: Staff[];

beforeEach(async () => {
  const people = ['ada@example.org', 'bo@example.org', 'cem@example.org'];
  service = await startService({ MODERATORS: people.join(','), BRAKE_PHOTOS: '1000000' });
  await service.stop();
  const inside = await openInside({ folder: service.folder });
  planted = await plant(inside, ROUNDS * PHOTOS);
  await inside.close();
  await service.restart();
  staff = await Promise.all(people.map((address) => signIn(service, address)));
}, LIMIT_MS);
afterEach(() => service?.dispose());

/** How often each photo was told to be changed. */
const told = new Map<string, number>();
const withdrawn = new Set<string>();

it(
  'J13 J14 leaves every photo as some order of the decisions would, with a log entry for each',
  async () => {
    onTestFailed(() => console.error(`SEED=${SEED} ROUNDS=${ROUNDS}`));
    const random = dice(SEED);
    const rounds = Array.from({ length: ROUNDS }, (_, at) =>
      planted.slice(at * PHOTOS, (at + 1) * PHOTOS),
    ).values();
    const lane = async () => {
      for (const photos of rounds) await play(photos, random);
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane));
    await service.stop();
    await expectSomeOrder();
  },
  LIMIT_MS,
);

/** Two or three moderators, and sometimes the sender of one photo, all at once. */
async function play(photos: Planted[], random: () => number): Promise<void> {
  const busy = staff
    .slice(0, 2 + Math.floor(random() * 2))
    .map((each) => work(each, photos, random));
  const [first] = photos;
  if (first && random() < 0.3) busy.push(takeBack(first, random));
  await Promise.all(busy);
}

async function takeBack({ id, receipt }: Planted, random: () => number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, random() * 60));
  expect((await withReceipt(service, receipt, 'DELETE')).status).toBe(204);
  withdrawn.add(id);
}

async function work(each: Staff, photos: Planted[], random: () => number): Promise<void> {
  // What they believe about each photo is often out of date.
  const versions = new Map(photos.map(({ id }) => [id, 2]));
  for (let step = 0; step < STEPS; step += 1) {
    if (random() < 0.4) await decideAll(each, versions, random);
    else {
      const act = pick(random, [approve, reject, reopen]);
      await decideOne(each, pick(random, photos).id, versions, act);
    }
  }
}

async function decideOne(
  each: Staff,
  id: string,
  versions: Map<string, number>,
  act: typeof approve,
): Promise<void> {
  const response = await act(each, id, versions.get(id) ?? 2);
  const body = (await response.json()) as Outcome;
  expect([200, 409], JSON.stringify(body)).toContain(response.status);
  learn({ ...body, id, status: response.status }, versions);
}

/** Approves, rejects or takes back all photos in one call. */
async function decideAll(
  each: Staff,
  versions: Map<string, number>,
  random: () => number,
): Promise<void> {
  const decision = pick(random, ['approval', 'rejection', 'reopening']);
  const rest = { approval: { criteria: { flag: true } }, rejection: { reason: 'other' } }[decision];
  const decisions = [...versions].map(([id, version]) => ({ id, version, decision, ...rest }));
  const response = await each.post('/api/v1/moderation/decisions', { decisions });
  expect(response.status).toBe(200);
  const { outcomes } = (await response.json()) as { outcomes: (Outcome & { id: string })[] };
  for (const outcome of outcomes) learn(outcome, versions);
}

interface Outcome {
  status: number;
  version?: number;
  current?: { version: number };
}

function learn(outcome: Outcome & { id: string }, versions: Map<string, number>): void {
  const { id, status, version, current } = outcome;
  if (status === 200) told.set(id, (told.get(id) ?? 0) + 1);
  versions.set(id, version ?? current?.version ?? 2);
}

const STATE_OF: Record<string, State> = {
  approved: 'approved',
  rejected: 'rejected',
  reopened: 'waiting',
};

/** The log is that order: played again, it leads to the rows as they are. */
async function expectSomeOrder(): Promise<void> {
  const inside = await openInside({ folder: service.folder });
  const entries = await inside.database.read.logEntry.findMany({ orderBy: { id: 'asc' } });
  const chain = await inside.store.log.verify();
  await inside.close();
  expect(chain.faults).toEqual([]);
  const { rows, faults } = await readLedger(service.folder);
  expect(faults).toEqual([]);
  for (const { id, state, version } of rows) {
    const own = entries.filter(({ submissionId }) => submissionId === id);
    expect(own.length, id).toBe(told.get(id) ?? 0);
    const last = own.at(-1);
    const decided = last ? STATE_OF[last.decision] : 'waiting';
    expect(state, id).toBe(withdrawn.has(id) ? 'withdrawn' : decided);
    expect(version, id).toBe(2 + own.length + (withdrawn.has(id) ? 1 : 0));
    for (const [at, entry] of own.entries()) {
      const before = at === 0 ? 'waiting' : STATE_OF[own[at - 1]?.decision ?? ''];
      const allowed = entry.decision === 'reopened' ? ['approved', 'rejected'] : ['waiting'];
      expect(allowed, `${id} ${at}`).toContain(before);
    }
  }
  expect(entries.length).toBeGreaterThan(rows.length / 2);
}
