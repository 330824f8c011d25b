import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Service } from './service.ts';

/** For the environment of a service whose durable steps are to be known. */
export const STEPPING = {
  NODE_OPTIONS: `--import ${new URL('./steps.mjs', import.meta.url).pathname}`,
};

/** The steps it has taken, such as `rename master` or `commit Submission Contact`, in their order. */
export async function stepsOf({ folder }: Pick<Service, 'folder'>): Promise<string[]> {
  return (await readFile(join(folder, 'steps'), 'utf8')).trim().split('\n');
}

/** Has the service killed just before the next step that has all of these words. */
export async function killAt({ folder }: Pick<Service, 'folder'>, words: string): Promise<void> {
  await writeFile(join(folder, 'kill-at'), words);
}

/** Whether that has happened. */
export function wasKilled({ folder }: Pick<Service, 'folder'>): boolean {
  return !existsSync(join(folder, 'kill-at'));
}

/** Lets no file be made or removed, with this code of the system's, until it is told null. */
export async function refuseWriting(
  { folder }: Pick<Service, 'folder'>,
  code: string | null,
): Promise<void> {
  await writeFile(join(folder, 'no-writing'), code ?? '');
}
