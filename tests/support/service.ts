import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { databaseUrl } from './database.ts';
import { inFolders, onSqlite } from './engines.ts';
import { makeFolder, removeFolder } from './folders.ts';
import { photoSettings } from './photo-store.ts';

const built = new URL('../../dist/main.js', import.meta.url).pathname;
/** A start takes half a second; on a machine with much else to do, a hundred times that. */
const READY_MS = 60_000;

/** The built program as a process of its own, in a folder of its own. */
export interface Service {
  url: string;
  /** Holds `uploads/` and `data.db`, unless they are an object store's and PostgreSQL's. */
  folder: string;
  pid: number;
  /** Everything it has printed, by all processes started in this folder. */
  output(): string;
  /** Asks it to stop and waits until it has; returns its exit code. */
  stop(): Promise<number | null>;
  /** Kills it without a warning and waits until it is gone. */
  kill(): Promise<void>;
  /** Starts it again in the same folder, on the same port. */
  restart(environment?: Record<string, string>): Promise<void>;
  /** Runs another command of the program there, such as `moderator list`; returns what it printed. */
  command(...args: string[]): Promise<string>;
  /** Stops it and removes its folder. */
  dispose(): Promise<void>;
}

export const SECRET_KEY = 'tests-only-0123456789-abcdefghijklmnopqrstuvwxyz';

/**
 * Starts the program on a free loopback port and resolves when it says it is ready. `{port}` in a
 * variable stands for that port. `program`: another version's `dist/main.js`.
 */
export async function startService(
  environment: Record<string, string> = {},
  program = built,
): Promise<Service> {
  const folder = await makeFolder();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let printed = '';
  let child: ChildProcess;

  function spawnProgram(args: string[], extra: Record<string, string>): ChildProcess {
    return spawn(process.execPath, [program, ...args], {
      cwd: folder,
      env: {
        PATH: process.env.PATH ?? '',
        PORT: String(port),
        PUBLIC_URL: url,
        DATABASE_URL: onSqlite ? 'file:./data.db' : databaseUrl(folder),
        ...(!inFolders && photoSettings(folder)),
        SECRET_KEY,
        MODERATORS: 'ada@example.org,bo@example.org',
        // Tests are a flood from one address; those of floods say otherwise.
        CLIENT_UPLOADS: '0',
        BUSY_UPLOADS: '0',
        ...withPort({ ...environment, ...extra }, port),
      },
    });
  }

  async function start(extra: Record<string, string> = {}): Promise<void> {
    child = spawnProgram(['serve'], extra);
    const ready = withResolvers();
    const timer = setTimeout(() => ready.reject(new Error(`Not ready:\n${printed}`)), READY_MS);
    const hear = (chunk: Buffer) => {
      printed += chunk;
      if (String(chunk).includes('Ready.')) ready.resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => ready.reject(new Error(`Ended with ${code}:\n${printed}`)));
    await ready.promise.finally(() => clearTimeout(timer));
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, 'exit');
    }
    return child.exitCode;
  }

  await start();
  return {
    url,
    folder,
    get pid() {
      return child.pid ?? 0;
    },
    output: () => printed,
    stop: () => end('SIGTERM'),
    async kill() {
      await end('SIGKILL');
    },
    restart: (extra) => start(extra),
    async command(...args) {
      const command = spawnProgram(args, {});
      let answer = '';
      command.stdout?.on('data', (chunk) => (answer += chunk));
      command.stderr?.on('data', (chunk) => (answer += chunk));
      await once(command, 'close');
      return answer.trim();
    },
    async dispose() {
      await end('SIGKILL');
      await removeFolder(folder);
    },
  };
}

function withPort(environment: Record<string, string>, port: number): Record<string, string> {
  const entries = Object.entries(environment);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value.replace('{port}', String(port))]),
  );
}

/** A loopback port nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/** `Promise.withResolvers`, which Node 20 does not have. */
function withResolvers() {
  let resolve = () => {};
  let reject = (_: Error) => {};
  const promise = new Promise<void>((res, rej) => {
    resolve = res;
    reject = rej;
  });
  return { promise, resolve, reject };
}
