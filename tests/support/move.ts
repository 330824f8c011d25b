import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SECRET_KEY } from './service.ts';

const program = new URL('../../dist/main.js', import.meta.url).pathname;

export interface Moved {
  /** Null when it was killed. */
  code: number | null;
  output: string;
}

/**
 * Runs `move` with these words, on the installation of a folder; `environment` says where it lies
 * and what the words do not. Killed without a warning when it tells for the nth time how far that is.
 */
export async function runMove(
  folder: string,
  words: string[],
  environment: Record<string, string>,
  killAt?: readonly [what: string, nth: number],
): Promise<Moved> {
  const child = spawn(process.execPath, [program, 'move', ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', SECRET_KEY, ...environment },
  });
  let output = '';
  const hear = (chunk: Buffer) => {
    output += chunk;
    if (killAt && output.split(`\n${killAt[0]}: `).length > killAt[1]) child.kill('SIGKILL');
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  await once(child, 'close');
  return { code: child.exitCode, output };
}
