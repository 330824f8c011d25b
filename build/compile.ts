import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What a start and a first visitor need is compiled. */
const PATHS = ['/', '/send', '/gallery', '/moderation', '/health/ready'];
const PATIENCE_MS = 60_000;

/**
 * Starts what was built once, in a folder that is removed again, so that what V8 compiles is kept
 * beside it (`build/launch.ts`). A service that cannot start here is no reason not to build it.
 */
export async function compile(dist: URL): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'compile-'));
  const service = spawn(process.execPath, [new URL('main.js', dist).pathname, 'serve'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      KEEP_COMPILED: 'yes',
      PORT: '0',
      SECRET_KEY: 'compiles-and-goes-away-0123456789-abcdef',
      DATABASE_URL: `file:${folder}/data.db`,
      UPLOADS_DIR: `${folder}/uploads`,
    },
  });
  const patience = setTimeout(() => service.kill('SIGKILL'), PATIENCE_MS);
  const ended = once(service, 'exit');
  try {
    await visit(await addressOf(service.stdout));
    // Nobody reads on, and a full pipe would stop it.
    service.stdout.resume();
    service.kill('SIGTERM');
    await ended;
  } catch (error) {
    console.warn(`Not compiled ahead, so each start takes longer: ${(error as Error).message}`);
  } finally {
    service.kill('SIGKILL');
    clearTimeout(patience);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function addressOf(log: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(log)) {
    const [, address] = /Server listening at (http:[\w.:/]+)/.exec(line) ?? [];
    if (address) return address;
  }
  throw new Error('The service did not start.');
}

async function visit(address: string): Promise<void> {
  for (const path of PATHS) {
    const answer = await fetch(address + path);
    await answer.arrayBuffer();
  }
}
