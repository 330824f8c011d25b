import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { expect, it, vi } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';

const QUESTION = { sql: 'SELECT 1', args: [], argTypes: [] };

it('migrates a new database and lets go of it, for the engine locks the whole file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'compete-migrate-'));
  const adapter = new PrismaBetterSqlite3({ url: `file:${folder}/data.db` });
  const connect = vi.spyOn(adapter, 'connect');
  expect(await migrate(adapter)).not.toEqual([]);
  const used = await Promise.all(connect.mock.results.map(({ value }) => value));
  expect(used).not.toEqual([]);
  for (const connection of used) {
    await expect(async () => connection.queryRaw(QUESTION)).rejects.toThrow('not open');
  }
  expect(await migrate(adapter)).toEqual([]);
  await rm(folder, { recursive: true });
});
