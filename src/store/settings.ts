import type { Keys } from '../keys.ts';
import type { Database } from './database.ts';

const KEY_CHECK = 'key-check';

/**
 * Whether the database was made with the same `SECRET_KEY`. A first call remembers the key, by a
 * digest that opens nothing.
 */
export async function isSameKey(
  { read, write }: Pick<Database, 'read' | 'write'>,
  keys: Keys,
): Promise<boolean> {
  const value = keys.digest('check', 'the key of this database').toString('base64url');
  const known = await read.setting.findUnique({ where: { key: KEY_CHECK } });
  if (!known) await write((tx) => tx.setting.create({ data: { key: KEY_CHECK, value } }));
  return !known || known.value === value;
}
