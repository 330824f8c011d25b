import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { openAdapter } from '../../src/store/postgresql-adapter.ts';
import { sendPhoto } from '../support/people.ts';
import { startServer, tell } from '../support/postgresql.ts';
import { type Service, startService } from '../support/service.ts';
import { type Line, median } from './measure.ts';
import { phonePhotos } from './photos.ts';
import { cpuMs } from './processes.ts';
import { measureTurns } from './turns.ts';

/** Different ones, each of which is sent twice. */
const FILES = 10;
const PHOTOS = 2 * FILES;
const WORKERS = [1, 2, 3];
const ROUNDS = 2;
/** Not counted at the beginning: workers start one after the other. And at the end: one is last. */
const [FROM, UPTO] = [4, PHOTOS - 3];

interface Rate {
  /** Photos a second. */
  speed: number;
  /** Cores the workers were given. */
  cores: number;
}

/** How fast 1, 2 and 3 worker processes clean what waits in line: one database, one folder. */
export async function measureWorkers(): Promise<Line[]> {
  const server = await startServer();
  await tell(server.url('postgres'), 'CREATE DATABASE workers');
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const files = await phonePhotos(FILES, folder);
  const photos = await Promise.all(files.map((file) => readFile(file)));
  const shared = {
    DATABASE_URL: server.url('workers'),
    UPLOADS_DIR: join(folder, 'uploads'),
    LOG_LEVEL: 'error',
    IMAGE_WORKERS: '1',
  };
  const web = await startService({ ...shared, ROLE: 'web' });
  const rows = await openAdapter(server.url('workers'), 1).connect();
  const rates = new Map<number, Rate[]>(WORKERS.map((count) => [count, []]));
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const count of WORKERS) {
        await Promise.all([...photos, ...photos].map((photo) => sendPhoto(web, photo)));
        rates.get(count)?.push(await clean(rows, count, { ...shared, ROLE: 'worker' }));
      }
    }
    const sealed = (await bytesIn(shared.UPLOADS_DIR)) / (ROUNDS * WORKERS.length * PHOTOS);
    const size = { what: 'sealed pictures of a photo, MB', figure: (sealed / 1e6).toFixed(1) };
    return [...linesOf(rates), size, ...(await measureTurns(server.url('workers')))];
  } finally {
    await rows.dispose();
    await web.dispose();
    await server.stop();
    await rm(folder, { recursive: true });
  }
}

/** Starts so many workers and measures them while the line is worked off. */
async function clean(
  rows: SqlDriverAdapter,
  count: number,
  environment: Record<string, string>,
): Promise<Rate> {
  const before = await cleaned(rows);
  const until = async (photos: number) => {
    while ((await cleaned(rows)) < before + photos) await sleep(20);
    return performance.now();
  };
  const starts = Array.from({ length: count }, () => startService(environment));
  const workers: Service[] = await Promise.all(starts);
  const cpu = () => workers.reduce((sum, { pid }) => sum + cpuMs(pid), 0);
  const began = await until(FROM);
  const [cpuBefore, first] = [cpu(), await cleaned(rows)];
  const ended = await until(UPTO);
  const [cpuAfter, last] = [cpu(), await cleaned(rows)];
  await until(PHOTOS);
  await Promise.all(workers.map((each) => each.dispose()));
  const wall = ended - began;
  return { speed: (1000 * (last - first)) / wall, cores: (cpuAfter - cpuBefore) / wall };
}

async function cleaned(rows: SqlDriverAdapter): Promise<number> {
  const sql = `SELECT count(*)::int FROM "Submission" WHERE state = 'waiting'`;
  const answer = await rows.queryRaw({ sql, args: [], argTypes: [] });
  return Number(answer.rows[0]?.[0]);
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = files.map(async (file) => (await stat(join(file.parentPath, file.name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function linesOf(rates: Map<number, Rate[]>): Line[] {
  const lines = [...rates].map(([count, each]) => {
    const speeds = each.map(({ speed }) => speed);
    const cores = median(each.map((rate) => rate.cores));
    const spread = `${Math.min(...speeds).toFixed(2)} to ${Math.max(...speeds).toFixed(2)}`;
    const perCore = median(each.map((rate) => rate.speed / rate.cores));
    return {
      what: `${count} worker${count > 1 ? 's' : ''}: photos/s (spread), cores used, photos per core and second`,
      figure: `${median(speeds).toFixed(2)} (${spread}), ${cores.toFixed(2)}, ${perCore.toFixed(2)}`,
    };
  });
  return [{ what: 'cores of this machine', figure: String(availableParallelism()) }, ...lines];
}
