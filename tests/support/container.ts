import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Image } from './dockerfile.ts';
import { eventually } from './http.ts';
import { freePort } from './service.ts';

/**
 * Mounts the root read-only with nothing writable but the volume, and becomes the program: process 1
 * of its own, without rights, as an engine would start it.
 */
const ENTER = `set -e
mount --bind "$ROOT" "$ROOT"
mount --bind "$VOLUME" "$ROOT$MOUNT_AT"
mount -o remount,bind,ro "$ROOT"
mount -t proc proc "$ROOT/proc"
for device in null zero urandom; do mount --bind /dev/$device "$ROOT/dev/$device"; done
root=$ROOT; at=$FOLDER; user=$USER_ID; group=$GROUP_ID
unset ROOT VOLUME MOUNT_AT FOLDER USER_ID GROUP_ID PWD OLDPWD SHLVL _
exec setpriv --no-new-privs unshare --root="$root" --wd="$at" --setgid="$group" --setuid="$user" "$@"`;

/** A program in a root file system of its own, on the machine's network. */
export interface Container {
  url: string;
  output(): string;
  /** Runs something else in there, as the same user; resolves to what it printed, and its exit code. */
  run(program: string[]): Promise<{ code: number | null; printed: string }>;
  /** A command of the service, such as `moderator list`; returns what it printed. */
  command(...args: string[]): Promise<string>;
  /** What it sees mounted, as lines of /proc/mounts. */
  mounts(): string[];
  /** Whether the health check passes now. */
  isHealthy(): Promise<boolean>;
  /** Sends the image's stop signal, and resolves to the exit code. */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

export interface Place {
  root: string;
  volume: string;
}

/** Starts the image's program in `root`; resolves when the image's own health check passes. */
export async function startContainer(image: Image, { root, volume }: Place): Promise<Container> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const [user, group] = image.user;
  const own = { PATH: '/usr/local/bin:/usr/bin:/bin', ...image.environment };
  const settings = { ...own, PORT: String(port), PUBLIC_URL: url, HOST: '127.0.0.1' };
  const places = { ROOT: root, VOLUME: volume, MOUNT_AT: image.volume, FOLDER: image.folder };
  const ids = { USER_ID: user, GROUP_ID: group };
  const enter = ['--mount', '--pid', '--fork', 'sh', '-c', ENTER, 'sh'];
  let printed = '';
  const child = spawn('unshare', [...enter, ...image.program, ...image.command], {
    env: { ...settings, ...places, ...ids },
  });
  child.stdout.on('data', (chunk) => (printed += chunk));
  child.stderr.on('data', (chunk) => (printed += chunk));

  /** The program itself, as the machine numbers it. */
  const pid = () => Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8'));

  async function run(program: string[]) {
    const inside = ['--target', String(pid()), '--mount', '--pid', '--root', '--wd'];
    const as = ['--setuid', user, '--setgid', group];
    return collect(spawn('nsenter', [...inside, ...as, ...program], { env: settings }));
  }
  const isHealthy = async () => (await run(image.health)).code === 0;
  const isUp = () => {
    if (child.exitCode !== null) throw new Error(`Ended with ${child.exitCode}:\n${printed}`);
    return printed.includes('Ready.') && isHealthy();
  };
  const kill = () => end(child, pid(), 'SIGKILL');
  await eventually(async () => isUp(), 60_000).catch(async (error: unknown) => {
    if (child.exitCode === null) await kill();
    throw error;
  });
  return {
    url,
    run,
    isHealthy,
    output: () => printed,
    command: async (...args) => (await run([...image.program, ...args])).printed.trim(),
    mounts: () => readFileSync(`/proc/${pid()}/mounts`, 'utf8').trim().split('\n'),
    stop: () => end(child, pid(), image.stopSignal as NodeJS.Signals),
    async kill() {
      if (child.exitCode === null) await kill();
    },
  };
}

async function collect(child: ChildProcess) {
  let printed = '';
  child.stdout?.on('data', (chunk) => (printed += chunk));
  child.stderr?.on('data', (chunk) => (printed += chunk));
  const [code] = await once(child, 'close');
  return { code: code as number | null, printed };
}

async function end(child: ChildProcess, pid: number, signal: NodeJS.Signals) {
  process.kill(pid, signal);
  await once(child, 'exit');
  return child.exitCode;
}

/** Whether this user may make roots and mounts of its own. */
export function canContain(): boolean {
  try {
    execFileSync('unshare', ['--mount', '--pid', '--fork', 'mount', '-t', 'proc', 'proc', '/proc']);
    return true;
  } catch {
    return false;
  }
}
