import {
  isDriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import { patiently } from './patience.ts';
import { migrationNames, openSchemaEngine, readMigrations } from './schema-engine.ts';

/** What is done before and after the migrations, on the connection that makes them. */
const AROUND: Record<string, { before: string[]; after: string[] }> = {
  sqlite: {
    // Within a transaction migrations cannot do this themselves, and remaking a table would take
    // along what refers to its rows.
    before: ['PRAGMA foreign_keys = OFF', 'BEGIN'],
    after: ['COMMIT'],
  },
  postgres: {
    // Of several processes that start, one migrates and the others wait for it here.
    before: ['BEGIN', "SET LOCAL lock_timeout = '60s'", 'SELECT pg_advisory_xact_lock(742161, 1)'],
    // The engine takes a lock of the session, which a pooler in between would never give back.
    after: ['SELECT pg_advisory_unlock_all()', 'COMMIT'],
  },
};

/** Brings the database up to the newest migration, if it is not. */
export async function bringUpToDate(adapter: SqlMigrationAwareDriverAdapterFactory): Promise<void> {
  // The schema engine locks the whole file of SQLite, so it is only asked when there is something
  // to do; and without a client, for each compiles Prisma's query compiler anew.
  const connection = await adapter.connect();
  const pending = patiently(() => pendingMigrations(connection));
  const isDue = (await pending.finally(() => connection.dispose())).length > 0;
  if (isDue) await migrate(adapter);
}

/**
 * Brings the database up to the newest migration and returns the names of those applied: in one
 * transaction, for after a kill in the middle the engine would never go on.
 * Keeps `_prisma_migrations` exactly as `prisma migrate deploy` does, so either can go on.
 */
export async function migrate(adapter: SqlMigrationAwareDriverAdapterFactory): Promise<string[]> {
  const connections: SqlDriverAdapter[] = [];
  const engine = await openSchemaEngine(remembering(adapter, connections));
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: await readMigrations(adapter.provider),
      filters: { externalTables: [], externalEnums: [] },
    });
    for (const connection of connections) await run(connection, 'after');
    return appliedMigrationNames;
  } finally {
    engine.free();
    for (const connection of connections) await connection.dispose();
  }
}

/**
 * The engine leaves its connections to the garbage collector, and with them its lock on SQLite's
 * whole file: until they are closed nobody else can open the database.
 */
function remembering(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  connections: SqlDriverAdapter[],
): SqlMigrationAwareDriverAdapterFactory {
  const remember = async (connecting: Promise<SqlDriverAdapter>) => {
    const connection = await connecting;
    connections.push(connection);
    await run(connection, 'before');
    return connection;
  };
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    connect: () => remember(adapter.connect()),
    connectToShadowDb: () => remember(adapter.connectToShadowDb()),
  };
}

async function run(connection: SqlDriverAdapter, when: 'before' | 'after'): Promise<void> {
  for (const sql of AROUND[connection.provider]?.[when] ?? []) await connection.executeScript(sql);
}

/** Names of the migrations the database does not have yet. */
async function pendingMigrations(connection: SqlDriverAdapter): Promise<string[]> {
  const applied = new Set(await appliedMigrations(connection));
  return (await migrationNames(connection.provider)).filter((name) => !applied.has(name));
}

async function appliedMigrations(connection: SqlDriverAdapter): Promise<string[]> {
  const sql = 'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL';
  try {
    const { rows } = await connection.queryRaw({ sql, args: [], argTypes: [] });
    return rows.map(([name]) => String(name));
  } catch (error) {
    // A new database has no such table.
    if (isDriverAdapterError(error) && error.cause.kind === 'TableDoesNotExist') return [];
    throw error;
  }
}
