import type { PrismaClient } from './generated/client.ts';

/** What SQLite itself finds broken: pages, indexes, references. Nothing when all is well. */
export async function findDamage(read: PrismaClient): Promise<string[]> {
  const pages = await read.$queryRawUnsafe<{ integrity_check: string }[]>('PRAGMA integrity_check');
  const references = await read.$queryRawUnsafe<{ table: string; rowid: number }[]>(
    'PRAGMA foreign_key_check',
  );
  return [
    ...pages.map((row) => row.integrity_check).filter((found) => found !== 'ok'),
    ...references.map(
      ({ table, rowid }) => `${table}, row ${rowid}: what it belongs to is missing.`,
    ),
  ];
}
