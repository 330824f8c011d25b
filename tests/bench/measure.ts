import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';

/** A line of the table: what was measured, its figure, and what it should be. */
export interface Line {
  what: string;
  figure: string;
  aim?: string;
  reached?: boolean;
}

export function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

const TSX = ['--import', 'tsx'];
const script = (name: string) => new URL(name, import.meta.url).pathname;

/** Runs a script beside this one to its end; returns what it printed. */
export async function runScript(name: string, args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [...TSX, script(name), ...args]);
  return stdout.trim();
}

/** Starts a script that prints its address and stays; returns both. */
export async function startScript(name: string, args: string[]) {
  const child: ChildProcess = spawn(process.execPath, [...TSX, script(name), ...args]);
  if (!child.stdout) throw new Error('no output');
  const [chunk] = await once(child.stdout, 'data');
  return { url: String(chunk).trim(), stop: () => child.kill() };
}
