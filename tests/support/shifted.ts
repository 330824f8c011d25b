import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Service } from './service.ts';

/** For the environment of a service whose clock can be set while it runs. */
export const SHIFTED = {
  NODE_OPTIONS: `--import ${new URL('./clock.mjs', import.meta.url).pathname}`,
};

/** Sets its clock wrong by `ms`: ahead, behind, or right with 0. */
export async function setClock({ folder }: Pick<Service, 'folder'>, ms: number): Promise<void> {
  await writeFile(join(folder, 'clock'), String(ms));
}
