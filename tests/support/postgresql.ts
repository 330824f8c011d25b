import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statfsSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PrismaPg } from '@prisma/adapter-pg';

/** A PostgreSQL server of the tests' own, in a folder of its own, reached by a socket in it. */
export interface Server {
  /** The address of one of its databases. */
  url(name: string): string;
  /** Asks it to stop, as a restart of its service does, and starts it again `forMs` later. */
  restart(forMs?: number): Promise<void>;
  stop(): Promise<void>;
}

const INSTALLED = '/usr/lib/postgresql';
/** Nothing here has to survive a power cut. */
const SETTINGS = [
  ...['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'],
  ...['listen_addresses=', 'max_connections=300', 'log_min_messages=fatal'],
];

/** Where there is memory to spare, files of theirs need not wait for a disk. */
const MEMORY = '/dev/shm';
const SPARE_BYTES = 8 * 2 ** 30;

/** The newest server on this machine; null when there is none. */
export const programs = newest();
if (!programs) console.warn('PostgreSQL is SKIPPED: its server is not installed');

function newest(): string | null {
  if (!existsSync(INSTALLED)) return null;
  const versions = readdirSync(INSTALLED).sort((a, b) => Number(b) - Number(a));
  const folders = versions.map((version) => join(INSTALLED, version, 'bin'));
  return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null;
}

function quickFolder(): string {
  if (!existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > SPARE_BYTES ? MEMORY : tmpdir();
}

/** Texts are ordered by their bytes there, as SQLite orders them. */
export async function startServer(): Promise<Server> {
  const folder = await mkdtemp(join(quickFolder(), 'compete-postgresql-'));
  const user = whoMayRunIt();
  if (user) await chown(folder, user.uid, user.gid);
  const within = { cwd: folder, ...user };
  const data = join(folder, 'data');
  const first = ['-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C', '-N'];
  execFileSync(join(programs ?? '', 'initdb'), first, { ...within, stdio: 'ignore' });
  const url = (name: string) => `postgresql://postgres@localhost/${name}?host=${folder}`;
  let child: ChildProcess;

  async function start(): Promise<void> {
    const settings = [...SETTINGS, `unix_socket_directories=${folder}`];
    const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
    child = spawn(join(programs ?? '', 'postgres'), args, { ...within, stdio: 'ignore' });
    for (let tries = 600; !(await answers(url('postgres'))); tries--) {
      if (tries === 0 || child.exitCode !== null) throw new Error('PostgreSQL does not start');
      await sleep(50);
    }
  }

  async function end(): Promise<void> {
    if (child.exitCode !== null) return;
    child.kill('SIGINT');
    await once(child, 'exit');
  }

  await start();
  process.once('exit', () => child.kill('SIGQUIT'));
  return {
    url,
    async restart(forMs = 0) {
      await end();
      await sleep(forMs);
      await start();
    },
    async stop() {
      await end();
      await rm(folder, { recursive: true });
    },
  };
}

/** It refuses root; its package brings a user for it. */
export function whoMayRunIt(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const ask = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: ask('-u'), gid: ask('-g') };
}

/** Whether somebody listens there and does what he is told. */
export async function answers(url: string): Promise<boolean> {
  return tell(url, 'SELECT 1').then(
    () => true,
    () => false,
  );
}

/** Runs a statement of somebody who may do anything there. */
export async function tell(url: string, sql: string): Promise<void> {
  const connection = await new PrismaPg(url).connect();
  try {
    await connection.executeScript(sql);
  } finally {
    await connection.dispose();
  }
}
