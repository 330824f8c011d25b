import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answers, type Server, whoMayRunIt } from './postgresql.ts';

export const hasPgbouncer = spawnSync('pgbouncer', ['--version']).status === 0;
if (!hasPgbouncer) console.warn('PgBouncer is SKIPPED: it is not installed');

const PORT = 6432;
/** Fewer connections than two processes ask for: they have to share. */
const CONNECTIONS = 4;

/** A pooler of transactions before a server, reached by a socket in a folder of its own. */
export interface Pooler {
  url(name: string): string;
  /** Cuts all its connections, and starts again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startPgbouncer(server: Server): Promise<Pooler> {
  const folder = await mkdtemp(join(tmpdir(), 'compete-pgbouncer-'));
  const user = whoMayRunIt();
  const file = join(folder, 'pgbouncer.ini');
  await writeFile(file, settings(folder, new URL(server.url('x')).searchParams.get('host') ?? ''));
  await writeFile(join(folder, 'users'), '"postgres" ""\n');
  if (user) await chown(folder, user.uid, user.gid);
  const url = (name: string) => `postgresql://postgres@localhost:${PORT}/${name}?host=${folder}`;
  let child: ChildProcess;

  async function start(): Promise<void> {
    child = spawn('pgbouncer', ['-q', file], { cwd: folder, ...user, stdio: 'ignore' });
    for (let tries = 600; !(await answers(url('postgres'))); tries--) {
      if (tries === 0 || child.exitCode !== null) throw new Error('PgBouncer does not start');
      await sleep(50);
    }
  }

  async function end(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }

  await start();
  process.once('exit', () => child.kill('SIGKILL'));
  return {
    url,
    async restart() {
      await end();
      await start();
    },
    async stop() {
      await end();
      await rm(folder, { recursive: true });
    },
  };
}

function settings(folder: string, server: string): string {
  return `[databases]
* = host=${server}
[pgbouncer]
listen_port = ${PORT}
unix_socket_dir = ${folder}
auth_type = trust
auth_file = ${folder}/users
pool_mode = transaction
default_pool_size = ${CONNECTIONS}
max_client_conn = 100
server_reset_query_always = 0
`;
}
