import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { expect, it } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';

it('lets go of a new database as soon as it is migrated', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'compete-migrate-'));
  const adapter = new PrismaBetterSqlite3({ url: `file:${folder}/data.db`, timeout: 1 });
  expect(await migrate(adapter)).not.toEqual([]);
  const next = await adapter.connect();
  await next.executeScript('PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; COMMIT;');
  await next.dispose();
  expect(await migrate(adapter)).toEqual([]);
  await rm(folder, { recursive: true });
});
