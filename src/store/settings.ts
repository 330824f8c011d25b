import type { Keys } from '../keys.ts';
import type { Database, Transaction } from './database.ts';

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
  const where = { key: KEY_CHECK };
  const known = (await read.setting.findUnique({ where })) ?? (await write(remember));
  return known.value === value;

  /** Several processes may start on a new database at once. */
  async function remember(tx: Transaction) {
    return tx.setting.upsert({ where, create: { ...where, value }, update: {} });
  }
}
