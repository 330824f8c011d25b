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

it.each([3, 6, 7, 8, 20, 40])('J6 ended at its step %i, it is done anew', async (last) => {
  const folder = await mkdtemp(join(tmpdir(), 'compete-migrate-'));
  const open = () => new PrismaBetterSqlite3({ url: `file:${folder}/data.db` });
  const ended = open();
  const { connect } = ended;
  vi.spyOn(ended, 'connect').mockImplementation(async () => {
    const connection = await connect.call(ended);
    let steps = 0;
    for (const act of ['executeScript', 'executeRaw', 'queryRaw'] as const) {
      const does = connection[act].bind(connection) as (query: never) => Promise<never>;
      connection[act] = async (query: unknown) => {
        if (++steps >= last) throw new Error('ended');
        return does(query as never);
      };
    }
    return connection;
  });
  await expect(migrate(ended)).rejects.toThrow();
  expect(await migrate(open())).not.toEqual([]);
  await rm(folder, { recursive: true });
});
