import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, onTestFailed } from 'vitest';
import { dice, SEED } from '../support/dice.ts';
import { readLedger } from '../support/ledger.ts';
import { signIn, withReceipt } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { rounds } from '../support/rounds.ts';
import { type Service, startService } from '../support/service.ts';
import { type Acknowledged, write } from '../support/writer.ts';

const KILLS = rounds({ quick: 12, ci: 200, long: 1000 });
const WRITERS = 8;
const PHOTOS = 12;
/** A life ends a random while after a random number of photos. */
const MOST_PHOTOS = 5;
const LONGEST_WAIT_MS = 5_000;
const LONGEST_LIFE_MS = 300;
/** Within a start: while it loads, migrates, sweeps, or begins to work. */
const LATEST_EARLY_MS = 900;
/** How soon after a start everything is as it should be. */
const REST_MS = 60_000;
/** Of the kills, those that come before the start has ended. */
const EARLY_SHARE = 0.5;
const LIMIT_MS = 60_000 + KILLS * 10_000;

let service: Service;

beforeEach(async () => {
  service = await startService({ LINE_LENGTH: '100000', IMAGE_WORKERS: '1' });
});
afterEach(() => service?.dispose());

describe('killed at random moments under eight writers', () => {
  it('J1 loses no acknowledged photo, doubles none, and leaves no file over', {
    timeout: LIMIT_MS,
  }, async () => {
    let kills = 0;
    onTestFailed(() =>
      console.error(`SEED=${SEED}, after ${kills} kills\n${troubles(service.output())}`),
    );
    const random = dice(SEED);
    const photos = await Promise.all(
      Array.from({ length: PHOTOS }, (_, seed) => photo({ width: 400, height: 300, seed })),
    );
    const acknowledged: Acknowledged[] = [];
    let stopped = false;
    const writers = Array.from({ length: WRITERS }, (_, i) =>
      write(service, photos, dice(SEED + i), () => stopped, acknowledged),
    );
    while (kills < KILLS) {
      // A slow machine would hardly get anything done in a life measured by the clock alone.
      const enough = acknowledged.length + Math.floor(random() * MOST_PHOTOS);
      await until(() => acknowledged.length >= enough, LONGEST_WAIT_MS);
      await sleep(random() * LONGEST_LIFE_MS);
      const killed = service.pid;
      await service.kill();
      for (kills++; kills < KILLS && random() < EARLY_SHARE; kills++) {
        await killEarly(random() * LATEST_EARLY_MS);
      }
      await service.restart();
      expect(await children(killed)).toEqual([]);
    }
    stopped = true;
    await Promise.all(writers);
    console.log(`${KILLS} kills, ${acknowledged.length} acknowledged photos`);
    expect(acknowledged.length).toBeGreaterThan(KILLS / 2);

    await untilAllWait(acknowledged);
    const ids = acknowledged.map(({ id }) => id).sort();
    expect((await queue()).sort()).toEqual(ids);

    const ledger = () => readLedger(service.folder);
    await expect.poll(async () => (await ledger()).faults, { timeout: REST_MS }).toEqual([]);
    const { rows } = await ledger();
    expect(rows.map(({ id }) => id)).toEqual(ids);
  });
});

async function until(reached: () => boolean, ms: number): Promise<void> {
  const end = Date.now() + ms;
  while (!reached() && Date.now() < end) await sleep(5);
}

async function killEarly(ms: number): Promise<void> {
  const starting = service.restart().catch(() => undefined);
  await sleep(ms);
  await service.kill();
  await starting;
}

async function untilAllWait(acknowledged: Acknowledged[]): Promise<void> {
  const end = Date.now() + REST_MS;
  for (const { receipt } of acknowledged) {
    for (;;) {
      const response = await withReceipt(service, receipt);
      expect(response.status).toBe(200);
      const { state } = await response.json();
      if (state === 'waiting') break;
      expect(state).toBe('received');
      expect(Date.now(), 'not cleaned within a minute').toBeLessThan(end);
      await sleep(100);
    }
  }
}

/** Ids in the moderators' queue, page by page. */
async function queue(): Promise<string[]> {
  const staff = await signIn(service);
  const ids: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page = cursor && `&cursor=${encodeURIComponent(cursor)}`;
    const response = await staff.get(`/api/v1/moderation/submissions?limit=100${page}`);
    const { items, nextCursor } = await response.json();
    ids.push(...items.map(({ id }: { id: string }) => id));
    cursor = nextCursor;
  }
  return ids;
}

/** Processes that still have `pid` as their parent, or took their leave too late to have one. */
async function children(pid: number): Promise<string[]> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const parents = await Promise.all(
    processes.map((name) => readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')),
  );
  return parents.filter((stat) => stat.split(') ').at(-1)?.split(' ')[1] === String(pid));
}

/** What the service had to complain about. */
function troubles(output: string): string {
  const lines = output.split('\n').filter((line) => /"level":[45]0/.test(line));
  return lines.slice(0, 5).join('\n');
}
