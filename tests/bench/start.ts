import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SECRET_KEY } from '../support/service.ts';
import { type Line, median } from './measure.ts';

const RUNS = 5;
const AIM_MS = 1000;
const root = new URL('../../', import.meta.url).pathname;

const WAYS = [
  { what: 'npm start, new database', command: ['npm', 'start'], fresh: true, aimed: true },
  { what: 'npm start', command: ['npm', 'start'], fresh: false, aimed: true },
  { what: 'node dist/main.js serve', command: ['node', 'dist/main.js', 'serve'], fresh: false },
];

/** Time until the service says it is ready. */
export async function measureStart(): Promise<Line[]> {
  const lines: Line[] = [];
  for (const { what, command, fresh, aimed } of WAYS) {
    let folder = await mkdtemp(join(tmpdir(), 'bench-'));
    if (!fresh) await timeOf(command, folder);
    const times: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      times.push(await timeOf(command, folder));
      if (fresh) {
        await rm(folder, { recursive: true });
        folder = await mkdtemp(join(tmpdir(), 'bench-'));
      }
    }
    await rm(folder, { recursive: true });
    const time = median(times);
    const aim = aimed && { aim: `<= ${AIM_MS}`, reached: time <= AIM_MS };
    lines.push({ what: `${what}: ready after, ms`, figure: time.toFixed(0), ...aim });
  }
  return lines;
}

async function timeOf([program = '', ...args]: string[], folder: string): Promise<number> {
  const began = performance.now();
  const child = spawn(program, args, {
    cwd: root,
    // A group of its own: npm does not pass every signal on.
    detached: true,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      PORT: '0',
      SECRET_KEY,
      DATABASE_URL: `file:${folder}/data.db`,
      UPLOADS_DIR: `${folder}/uploads`,
      LOG_LEVEL: 'error',
    },
  });
  let printed = '';
  const took = await new Promise<number>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      printed += chunk;
      if (printed.includes('Ready.')) resolve(performance.now() - began);
    });
    child.stderr.on('data', (chunk) => (printed += chunk));
    child.once('exit', () => reject(new Error(`Did not start:\n${printed}`)));
  });
  const group = -(child.pid ?? 0);
  process.kill(group, 'SIGTERM');
  // npm is gone before what it started.
  while (isAlive(group)) await sleep(10);
  return took;
}

function isAlive(group: number): boolean {
  try {
    return process.kill(group, 0);
  } catch {
    return false;
  }
}
