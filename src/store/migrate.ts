import {
  isDriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import { proveNothingGone } from './newer.ts';
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
    before: [
      'BEGIN',
      // Of several processes that start, one migrates and the others wait for it here.
      "SET LOCAL lock_timeout = '60s'",
      'SELECT pg_advisory_xact_lock(742161, 1)',
      // An older version may be serving: its writes wait for their turn meanwhile (`postgresql.ts`),
      // so that no two hold what the other wants. Its reads queue behind a table that is wanted.
      'SELECT pg_advisory_xact_lock(742161, 2)',
      "SET LOCAL lock_timeout = '5s'",
    ],
    // The engine takes a lock of the session, which a pooler in between would never give back.
    after: ['SELECT pg_advisory_unlock_all()', 'COMMIT'],
  },
};

/**
 * Brings the database up to the newest migration, if it is not. A newer version may have taken it
 * further, as long as it has only added; throws when something is gone that this one needs.
 */
export async function bringUpToDate(adapter: SqlMigrationAwareDriverAdapterFactory): Promise<void> {
  // The schema engine locks the whole file of SQLite, so it is only asked when there is something
  // to do; and without a client, for each compiles Prisma's query compiler anew.
  const connection = await adapter.connect();
  const asked = patiently(() => standingOf(connection));
  const { pending, unknown } = await asked.finally(() => connection.dispose());
  if (pending.length > 0) await migrate(adapter);
  if (unknown.length > 0) await proveStillThere(adapter);
}

async function proveStillThere(adapter: SqlMigrationAwareDriverAdapterFactory): Promise<void> {
  const connection = await adapter.connect();
  await patiently(() => proveNothingGone(connection)).finally(() => connection.dispose());
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

/** Names of the migrations the database does not have yet, and of those only newer versions know. */
async function standingOf(connection: SqlDriverAdapter) {
  const applied = await appliedMigrations(connection);
  const known = await migrationNames(connection.provider);
  return {
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  };
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
