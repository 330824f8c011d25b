import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { openKeys } from '../../src/keys.ts';
import { openBucket } from '../../src/store/bucket.ts';
import { openDatabase } from '../../src/store/database.ts';
import { loadEmbassies } from '../../src/store/embassies.ts';
import { openObjectPhotos } from '../../src/store/object-photos.ts';
import { openStore } from '../../src/store/store.ts';
import { dice, pick, SEED } from '../support/dice.ts';
import { ask } from '../support/http.ts';
import { compareObjects, type Ledger } from '../support/ledger.ts';
import { hasNginx, type Nginx, startNginx } from '../support/nginx.ts';
import { signIn } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { type Planted, plant } from '../support/plant.ts';
import { programs, type Server, startServer, tell } from '../support/postgresql.ts';
import { openReturning } from '../support/returning.ts';
import { type ObjectStore, startObjectStore } from '../support/s3.ts';
import { freePort, SECRET_KEY, type Service, startService } from '../support/service.ts';
import type { Acknowledged } from '../support/writer.ts';

/** What the issue asks for, and a taste of it everywhere else. */
const LONG = process.env.LONG !== undefined;
const UPLOADS = LONG ? 500 : 40;
const DECISIONS = LONG ? 200 : 16;
const WITHDRAWALS = LONG ? 50 : 6;
/** Longer than a process that is not heard of is believed to be at work. */
const STOPPED_MS = 18_000;
/** From the end of the trouble. */
const ORPHANS = { timeout: 60_000, interval: 500 };
/** Two cores clean a few photos a second, and have more to do. */
const WORK = { timeout: 10 * 60_000, interval: 1_000 };
/** When something happens to a process or the database, from the beginning. */
const KILLS = [3_000, 28_500, 37_500];
const STOPS = [500, 9_000, 18_500];
const RESTARTS = LONG ? [13_000, 24_000] : [13_000];
const EVENTS = [...KILLS, ...STOPS, ...STOPS.map((at) => at + STOPPED_MS), ...RESTARTS];
const AROUND_MS = 500;
const LIMIT_MS = 15 * 60_000;

let server: Server;
let store: ObjectStore;
let nginx: Nginx;
let processes: Service[];
let ground: Awaited<ReturnType<typeof openGround>>;
let planted: Planted[];
let front: string;

describe.skipIf(!programs || !hasNginx)('three processes, one database, one store', () => {
  beforeAll(async () => {
    [server, store] = await Promise.all([startServer(), startObjectStore()]);
    await tell(server.url('postgres'), 'CREATE DATABASE chaos');
    ground = await openGround();
    planted = await plant(ground, DECISIONS);
    const port = await freePort();
    front = `http://127.0.0.1:${port}`;
    const environment = {
      ...store.environment,
      DATABASE_URL: server.url('chaos'),
      PUBLIC_URL: front,
      TRUST_PROXY: '127.0.0.1',
      IMAGE_WORKERS: '1',
      BRAKE_PHOTOS: '100000',
    };
    processes = await Promise.all([1, 2, 3].map(() => startService(environment)));
    nginx = await startNginx({ port, processes: processes.map(({ url }) => url) });
  });

  afterAll(async () => {
    await nginx?.stop();
    await Promise.all((processes ?? []).map((each) => each.dispose()));
    await ground?.database.close();
    await server?.stop();
    await store?.close();
  });

  it('killed, stopped past their leases, their database restarted: nothing lost, doubled, resurrected, left over', {
    timeout: LIMIT_MS,
  }, async () => {
    onTestFailed(() => console.error(`SEED=${SEED}\n${troubles()}`));
    const random = dice(SEED);
    const pictures = await Promise.all(
      Array.from({ length: 8 }, (_, seed) => photo({ width: 800, height: 600, seed })),
    );
    const [first] = processes as [Service];
    const staff = await signIn({ url: front, command: first.command });
    const clients = openReturning(front);
    const sent: Acknowledged[] = [];
    const decided = new Map<string, boolean>();
    const takenBack = new Set<string>();

    /** Most is under way just when something happens. */
    const amidst = async (act: () => Promise<void>) => {
      await sleep(Math.max(0, pick(random, EVENTS) + (random() * 1.5 - 1) * AROUND_MS));
      await act();
    };
    await Promise.all([
      makeTrouble(),
      ...Array.from({ length: UPLOADS }, () =>
        amidst(async () => {
          sent.push(await clients.send(pick(random, pictures)));
        }),
      ),
      ...planted.map(({ id }, at) =>
        amidst(async () => {
          const isGood = at % 4 !== 3;
          if (await clients.decide(staff, id, isGood)) decided.set(id, isGood);
        }),
      ),
      ...planted.slice(-WITHDRAWALS).map(({ id, receipt }) =>
        amidst(async () => {
          await clients.takeBack(receipt);
          takenBack.add(id);
        }),
      ),
    ]);
    const begun = Date.now();
    const ledger = () => compareObjects(ground.database, store);
    await expect.poll(async () => orphans(await ledger()), ORPHANS).toEqual([]);
    const seconds = Math.round((Date.now() - begun) / 1000);
    console.log(`${JSON.stringify([...clients.told])}, no orphans after ${seconds} s`);
    await expect.poll(async () => left(await ledger()), WORK).toEqual([]);
    expect((await ledger()).faults).toEqual([]);

    expect(clients.wrong).toEqual([]);
    const rows = new Map((await ledger()).rows.map((row) => [row.id, row]));
    expect(new Set(sent.map(({ id }) => id)).size).toBe(UPLOADS);
    expect(rows.size).toBe(UPLOADS + planted.length);
    expect(sent.filter(({ id }) => rows.get(id)?.state !== 'waiting')).toEqual([]);
    for (const id of takenBack) {
      expect(rows.get(id)).toMatchObject({ state: 'withdrawn', held: false });
      expect((await ask(`${front}/photos/${id}/480.jpg`)).status).toBe(410);
    }
    for (const [id, isGood] of decided) {
      if (takenBack.has(id)) continue;
      expect(rows.get(id)?.state).toBe(isGood ? 'approved' : 'rejected');
      expect((await ask(`${front}/photos/${id}/480.jpg`)).status).toBe(isGood ? 200 : 404);
    }
    const log = await ground.database.read.logEntry.findMany({
      where: { submissionId: { not: null } },
    });
    expect(new Set(log.map(({ submissionId }) => submissionId)).size).toBe(log.length);
    expect(decided.size).toBeGreaterThanOrEqual(DECISIONS - WITHDRAWALS);
    const doctor = await first.command('doctor');
    for (const good of ['Files and rows', 'Log']) expect(doctor).toContain(`good  ${good}`);
  });
});

/** Rows and objects, opened beside the processes. */
async function openGround() {
  const keys = openKeys(SECRET_KEY);
  const database = await openDatabase(server.url('chaos'));
  await loadEmbassies(database);
  return {
    database,
    keys,
    store: openStore(database, keys, { digestMinutes: 30, brakePhotos: 100_000 }),
    photos: openObjectPhotos(openBucket(store.settings), keys.key('photos')),
    now: () => new Date(),
  };
}

/** Each process is killed and stands still once, one after the other; restarts come between. */
async function makeTrouble(): Promise<void> {
  const [a, b, c] = processes as [Service, Service, Service];
  await Promise.all([
    ...[c, a, b].map((each, i) => kill(each, KILLS[i])),
    ...[a, b, c].map((each, i) => standStill(each, STOPS[i])),
    ...RESTARTS.map(restart),
  ]);
}

async function standStill(service: Service, after = 0): Promise<void> {
  await sleep(after);
  process.kill(service.pid, 'SIGSTOP');
  await sleep(STOPPED_MS);
  process.kill(service.pid, 'SIGCONT');
}

async function kill(service: Service, after = 0): Promise<void> {
  await sleep(after);
  await service.kill();
  // Its supervisor would try again as well, should the database be away just then.
  await service.restart().catch(() => service.restart());
}

async function restart(after = 0): Promise<void> {
  await sleep(after);
  await server.restart(500);
}

/** Files of no row. */
function orphans({ rows, files }: Ledger): string[] {
  const known = new Set(rows.map(({ id }) => id));
  return files.filter((file) => !known.has(/[0-9a-f-]{36}/.exec(file)?.[0] ?? ''));
}

/** What is still to be done. */
function left({ rows }: Ledger): string[] {
  const due = rows.filter(({ dueAt }) => dueAt && dueAt.getTime() < Date.now());
  return due.map(({ id, task, attempts }) => `${task} ${id}, tried ${attempts} times`);
}

/** What the processes had to complain about. */
function troubles(): string {
  const lines = processes.flatMap((each) => each.output().split('\n'));
  return lines
    .filter((line) => /"level":50/.test(line))
    .slice(-20)
    .join('\n');
}
