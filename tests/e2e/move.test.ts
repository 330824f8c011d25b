import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../src/store/engine.ts';
import { canonical, rowsOf } from '../../src/store/table-rows.ts';
import { TABLES } from '../../src/store/tables.ts';
import { eventually } from '../support/http.ts';
import { openInside } from '../support/inside.ts';
import { runMove } from '../support/move.ts';
import { approve, reject, type Staff, signIn, withReceipt } from '../support/people.ts';
import { type Planted, plant } from '../support/plant.ts';
import { programs, type Server, startServer, tell } from '../support/postgresql.ts';
import { rounds } from '../support/rounds.ts';
import { type ObjectStore, startObjectStore } from '../support/s3.ts';
import { type Service, startService } from '../support/service.ts';

const PHOTOS = rounds({ quick: 20, ci: 20, long: 2000 });
const LONG = { timeout: 120_000 + PHOTOS * 1_000 };
/** Where the move is killed: at the nth time that it tells how far it is. */
const POINTS: [what: string, nth: number][] = [
  ['rows', 2],
  ['rows compared', 1],
  ['photo files compared', 5],
];
if (process.env.LONG) {
  for (const nth of [4, 6, 8]) POINTS.push(['rows', nth]);
  for (const nth of [2, 3]) POINTS.push(['rows compared', nth]);
  for (const nth of [2, 8]) POINTS.push(['photo files compared', nth]);
}
/** Of each ten photos some are approved, rejected, withdrawn; the others wait. */
const [APPROVED, REJECTED, WITHDRAWN] = [4, 1, 1];
const WORD = 'pass-word-canary';
/** Empty counts as not set. */
const NO_STORE = {
  PHOTO_STORE: '',
  S3_ENDPOINT: '',
  S3_ACCESS_KEY_ID: '',
  S3_SECRET_ACCESS_KEY: '',
};
const SQLITE = { DATABASE_URL: 'file:./data.db' };

describe.skipIf(!programs)('an installation that moves', () => {
  let server: Server;
  let store: ObjectStore;
  let old: Service;
  let place: Service;
  let staff: Staff;
  let photos: Planted[];
  let there: Record<string, string>;
  let targets: Record<string, string>;

  beforeAll(async () => {
    [server, store] = await Promise.all([startServer(), startObjectStore()]);
    await tell(server.url('postgres'), 'CREATE DATABASE moved');
    const DATABASE_URL = server.url('moved').replace('postgres@', `postgres:${WORD}@`);
    const { PHOTO_STORE = '', ...s3 } = store.environment;
    there = { DATABASE_URL, PHOTO_STORE, ...s3 };
    targets = { ...SQLITE, TO_DATABASE_URL: DATABASE_URL, TO_PHOTO_STORE: PHOTO_STORE, ...s3 };
    old = await startService(SQLITE);
    await old.stop();
    const environment = { DATABASE_URL: `file:${old.folder}/data.db` };
    const inside = await openInside({ folder: old.folder, environment });
    photos = await plant(inside, PHOTOS, { email: 'canary@example.org' });
    await inside.close();
    await old.restart();
    staff = await signIn(old);
    await decide();
  }, LONG.timeout);

  afterAll(async () => {
    await Promise.all([old, place].map((each) => each?.dispose()));
    await server?.stop();
    await store?.close();
  });

  /** For each photo, some at once. */
  async function inLanes(act: (photo: Planted, i: number) => Promise<unknown>): Promise<void> {
    const left = photos.entries();
    const lane = async () => {
      for (const [i, photo] of left) await act(photo, i);
    };
    await Promise.all(Array.from({ length: 8 }, lane));
  }

  async function decide(): Promise<void> {
    await inLanes(async ({ id, receipt }, i) => {
      if (i % 10 < APPROVED) await approve(staff, id, 2);
      else if (i % 10 < APPROVED + REJECTED) await reject(staff, id, 2);
      else if (i % 10 < APPROVED + REJECTED + WITHDRAWN) await withReceipt(old, receipt, 'DELETE');
    });
    await eventually(async () => (await shownAt(old, photos[0]?.id)) === 200, 60_000);
  }

  async function told(by: Service): Promise<unknown[]> {
    const all: unknown[] = [];
    await inLanes(async ({ receipt }, i) => {
      all[i] = await (await withReceipt(by, receipt)).json();
    });
    return all;
  }
  const keysOf = async (id = '') => (await store.keys()).filter((key) => key.includes(id));

  it('is told what would be moved, and nothing is taken over', async () => {
    const { code, output } = await runMove(old.folder, ['--dry-run'], targets);
    expect([code, output]).toEqual([0, expect.stringMatching(/^\d+ rows would be moved/m)]);
    expect(output).toMatch(/^\d{2,} files would be moved/m);
    expect(await store.keys()).toEqual([]);
    expect(output).toContain('are free for it');
  });

  it('has its photos copied while it serves, and is asked to stop for the rest', async () => {
    const { code, output } = await runMove(old.folder, [], targets);
    expect([code, output]).toEqual([0, expect.stringContaining('Stop the service')]);
    const [gone] = photos;
    expect((await keysOf(gone?.id)).length).toBeGreaterThan(4);
    await withReceipt(old, gone?.receipt ?? '', 'DELETE');
    const refused = await runMove(old.folder, ['--finish'], targets);
    expect([refused.code, refused.output]).toEqual([1, expect.stringContaining('Stop it')]);
  });

  it('is the same at the other place, though the move was killed', LONG, async () => {
    const before = await told(old);
    await old.stop();
    for (const point of POINTS) {
      const { code } = await runMove(old.folder, ['--finish'], targets, point);
      expect(code, `killed at ${point.join()}`).toBeNull();
    }
    await expect(startService(there)).rejects.toThrow(/not finished/);
    const { code, output } = await runMove(old.folder, ['--finish'], targets);
    expect([code, output]).toEqual([0, expect.stringContaining('Both sides are the same')]);
    expect(output).not.toContain(WORD);

    const files = await filesOf(join(old.folder, 'uploads'));
    expect(await inStore()).toEqual([...files.keys()].sort());
    for (const [key, file] of files) {
      expect((await store.bytes(key)).equals(await readFile(file)), key).toBe(true);
    }
    expect(await keysOf(photos[0]?.id)).toEqual([]);
    const source = await readAll(`file:${old.folder}/data.db`);
    expect(await readAll(there.DATABASE_URL ?? '')).toEqual(source);
    expect(source.Submission?.length).toBe(PHOTOS);
    await expect(old.restart()).rejects.toThrow(/was moved elsewhere/);
    expect((await runMove(old.folder, ['--finish'], targets)).output).toContain('Moved.');

    place = await startService(there);
    expect(await told(place)).toEqual(before);
    const signedIn = { headers: { cookie: staff.cookie } };
    expect((await fetch(`${place.url}/api/v1/moderation/submissions`, signedIn)).status).toBe(200);
  });

  it('goes on there: receipts, withdrawals, decisions and the chain of the log', async () => {
    const { id, receipt } = photos[1] ?? { id: '', receipt: '' };
    expect((await keysOf(id)).length).toBeGreaterThan(4);
    expect((await withReceipt(place, receipt, 'DELETE')).status).toBe(204);
    await eventually(async () => (await keysOf(id)).length === 0, 60_000);
    expect((await approve(await signIn(place), late(), 2)).status).toBe(200);
    await eventually(async () => (await shownAt(place, late())) === 200, 60_000);
    await expectHealth();
  });

  it(
    'comes back the same way, and goes on at the other place when that is called off',
    LONG,
    async () => {
      const before = await told(place);
      await place.stop();
      const back = { DATABASE_URL: 'file:./back.db', UPLOADS_DIR: './back' };
      const words = [
        '--to-database',
        back.DATABASE_URL,
        '--to-store',
        back.UPLOADS_DIR,
        '--finish',
      ];
      expect(
        (await runMove(place.folder, words, there, ['photo files compared', 4])).code,
      ).toBeNull();
      const { code, output } = await runMove(place.folder, words, there);
      expect([code, output]).toEqual([0, expect.stringContaining('Both sides are the same')]);
      const files = await filesOf(join(place.folder, back.UPLOADS_DIR));
      expect([...files.keys()].sort()).toEqual(await inStore());

      await place.restart({ ...NO_STORE, ...back });
      expect(await told(place)).toEqual(before);
      expect(await shownAt(place, late())).toBe(200);
      await place.stop();
      await expect(place.restart()).rejects.toThrow(/was moved elsewhere/);
      expect((await runMove(place.folder, ['--call-off'], there)).output).toContain('Called off');
      await place.restart();
      await expectHealth();
    },
  );

  /** One that still waits when it has been moved. */
  const late = () => photos[APPROVED + REJECTED + WITHDRAWN]?.id ?? '';
  const inStore = async () => (await store.keys()).filter((key) => /^(private|public)\//.test(key));
  async function expectHealth(): Promise<void> {
    const found = await place.command('doctor');
    for (const about of ['Database', 'Log', 'Files and rows', 'Taken back']) {
      expect(found).toContain(`good  ${about}`);
    }
  }
});

async function shownAt({ url }: Service, id = ''): Promise<number> {
  return (await fetch(`${url}/api/v1/gallery/${id}`)).status;
}

/** All rows of all tables, each as a text. */
async function readAll(url: string): Promise<Record<string, string[]>> {
  const engine: Engine = await openEngine(url, { reserveMb: 0, pool: 2 });
  const all: Record<string, string[]> = {};
  for (const table of TABLES) {
    const rows = await rowsOf(engine.reader, table).findMany({ where: table.where ?? {} });
    all[table.model] = rows.map(canonical).sort();
  }
  await engine.close();
  return all;
}

/** Files of a folder, by the keys they have in an object store. */
async function filesOf(uploads: string): Promise<Map<string, string>> {
  const entries = await readdir(uploads, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  const keys = paths.map((path) =>
    path.slice(uploads.length + 1).replace(/^private\/..\/(.{36})\.(\w+)$/, 'private/$1/$2'),
  );
  return new Map(
    keys.map((key, i) => [key, paths[i] ?? ''] as const).filter(([key]) => /^p/.test(key)),
  );
}
