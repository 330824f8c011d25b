import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { difference, postgresqlGround, sqliteGround } from '../../prisma/difference.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { openAdapter } from '../../src/store/postgresql-adapter.ts';
import { programs, type Server, startServer, tell } from '../support/postgresql.ts';

/** What only PostgreSQL does: it is a server, shared by processes, that may go and come back. */
describe.skipIf(!programs)('PostgreSQL', () => {
  let server: Server;
  let database: Database;
  let another: Database;

  beforeAll(async () => {
    server = await startServer();
    await tell(server.url('postgres'), 'CREATE DATABASE shared');
    // Both find it empty: one migrates, the other waits.
    [database, another] = await Promise.all([open(), open()]);
  });
  afterAll(async () => {
    await Promise.all([database?.close(), another?.close()]);
    await server?.stop();
  });

  const open = () => openDatabase(server.url('shared'));

  /** Adds one to a number, as a program would that knows nothing of others. */
  const count = (by: Database, key: string) =>
    by.write(async (tx) => {
      const found = await tx.setting.findUnique({ where: { key } });
      const value = String(Number(found?.value ?? 0) + 1);
      await tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
    });
  const counted = async (key: string) =>
    Number((await database.read.setting.findUnique({ where: { key } }))?.value);

  it('has the schema that SQLite has: the migrations of both lead to it', async () => {
    expect(await difference(sqliteGround())).toBe('');
    expect(await difference(postgresqlGround(server.url('postgres')))).toBe('');
  });

  it('lets the writes of all processes take turns', async () => {
    const writers = Array.from({ length: 60 }, (_, i) => (i % 2 ? database : another));
    await Promise.all(writers.map((by) => count(by, 'turns')));
    expect(await counted('turns')).toBe(60);
  });

  it('keeps nothing in a session, so that a pooler may stand in between', async () => {
    const connection = await openAdapter(server.url('shared'), 1).connect();
    const ask = async (sql: string) =>
      (await connection.queryRaw({ sql, args: [], argTypes: [] })).rows;
    const before = await ask('SELECT name, setting FROM pg_settings ORDER BY name');
    const transaction = await connection.startTransaction();
    await transaction.executeRaw({ sql: TURN, args: [], argTypes: [] });
    await transaction.executeRaw({ sql: 'COMMIT', args: [], argTypes: [] });
    await transaction.commit();
    expect(await ask('SELECT name, setting FROM pg_settings ORDER BY name')).toEqual(before);
    expect(await ask('SELECT name FROM pg_prepared_statements')).toEqual([]);
    expect(await ask("SELECT pid FROM pg_locks WHERE locktype = 'advisory'")).toEqual([]);
    await connection.dispose();
  });

  it('takes the turn from a process that stops in the middle, and its commit fails', async () => {
    let attempts = 0;
    let wake = () => {};
    const stopped = database.write(async (tx) => {
      await tx.setting.create({ data: { key: 'late', value: '' } });
      attempts += 1;
      // As if stopped by a signal: the statement is made, the commit is not asked for in time.
      if (attempts === 1) await new Promise<void>((resolve) => (wake = resolve));
    });
    const outcome = stopped.then(
      () => 'committed',
      (error: { code: string }) => error.code,
    );
    await expect.poll(() => attempts).toBe(1);
    await count(another, 'after');
    wake();
    expect(await outcome).toBe('P1008');
    expect(attempts).toBe(1);
    expect(await database.read.setting.count({ where: { key: 'late' } })).toBe(0);
  });

  it('asks again for a turn when the connection is lost that waits for it', async () => {
    let wake = () => {};
    let mine = false;
    const holding = another.write(async (tx) => {
      await tx.setting.count();
      mine = true;
      await new Promise<void>((resolve) => (wake = resolve));
    });
    await expect.poll(() => mine).toBe(true);
    const waiting = count(database, 'cut');
    const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'advisory'`;
    const asked = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'advisory'";
    const waiters = () => database.read.$queryRawUnsafe<object[]>(asked);
    await expect.poll(async () => (await waiters()).length).toBe(1);
    await tell(server.url('shared'), cut);
    wake();
    // On a machine that is slow enough it has lost its own turn by now, which is no matter here.
    await holding.catch(() => undefined);
    await waiting;
    expect(await counted('cut')).toBe(1);
  });

  it('never commits a transaction of which a statement failed', async () => {
    const write = database.write(async (tx) => {
      await tx.setting.create({ data: { key: 'half', value: '' } });
      await tx.setting.create({ data: { key: 'half', value: '' } }).catch(() => undefined);
    });
    await expect(write).rejects.toThrow();
    expect(await database.read.setting.count({ where: { key: 'half' } })).toBe(0);
    await count(database, 'whole');
  });

  it('is waited for while it restarts: nothing is lost and nothing done twice', async () => {
    let isOver = false;
    let done = 0;
    const told: string[] = [];
    const go = async (act: () => Promise<unknown>) => {
      while (!isOver) {
        await act().catch((error: { code: string }) => told.push(error.code));
        await sleep(5);
      }
    };
    const write = async (by: Database) => {
      await count(by, 'restarts');
      done += 1;
    };
    const reading = () => database.read.setting.findMany();
    const all = [go(() => write(database)), go(() => write(another)), go(reading), go(reading)];
    for (const awayMs of [500, 0]) {
      const before = done;
      await expect.poll(() => done).toBeGreaterThan(before + 10);
      await server.restart(awayMs);
    }
    const before = done;
    await expect.poll(() => done).toBeGreaterThan(before + 10);
    isOver = true;
    await Promise.all(all);
    // Who was told so may have been done all the same: a commit's answer may be lost.
    expect(told.filter((code) => code !== 'P1008')).toEqual([]);
    expect(await counted('restarts')).toBeGreaterThanOrEqual(done);
    expect(await counted('restarts')).toBeLessThanOrEqual(done + told.length);
  });

  it('is told to be away when it stays away, and does not end the process', async () => {
    await tell(server.url('postgres'), 'ALTER DATABASE shared ALLOW_CONNECTIONS false');
    await tell(
      server.url('postgres'),
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'shared'",
    );
    await expect(database.proveWritable()).rejects.toThrow();
    await tell(server.url('postgres'), 'ALTER DATABASE shared ALLOW_CONNECTIONS true');
    await database.proveWritable();
  });
});

const TURN = "SELECT set_config('lock_timeout', '1s', true), pg_advisory_xact_lock(742161, 2)";
