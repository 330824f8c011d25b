import { open } from 'node:fs/promises';
import type { Database } from './database.ts';

const PRIVATE_FILE = 0o600;

/**
 * Copies the database into a new `file` as it stands at one moment, while it is used. During
 * `meanwhile` no row changes, so that files copied by it belong to the rows copied.
 */
export async function snapshot(
  { read, write }: Database,
  file: string,
  meanwhile: () => Promise<void>,
): Promise<void> {
  await (await open(file, 'wx', PRIVATE_FILE)).close();
  await write(async (tx) => {
    // Whoever writes holds the lock; a reader copies what was committed before.
    await tx.setting.deleteMany({ where: { key: '' } });
    await meanwhile();
    await read.$executeRawUnsafe('VACUUM INTO ?', file);
  });
}
