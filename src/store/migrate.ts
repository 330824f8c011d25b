import {
  isDriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import { migrationNames, openSchemaEngine, readMigrations } from './schema-engine.ts';

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
      migrationsList: await readMigrations(),
      filters: { externalTables: [], externalEnums: [] },
    });
    for (const connection of connections) await connection.executeScript('COMMIT');
    return appliedMigrationNames;
  } finally {
    engine.free();
    for (const connection of connections) await connection.dispose();
  }
}

/**
 * The engine leaves its connections to the garbage collector, and with them its lock on the whole
 * file: until they are closed nobody else can open the database.
 */
function remembering(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  connections: SqlDriverAdapter[],
): SqlMigrationAwareDriverAdapterFactory {
  const remember = async (connecting: Promise<SqlDriverAdapter>) => {
    const connection = await connecting;
    connections.push(connection);
    // Within a transaction migrations cannot do this themselves, and remaking a table would take
    // along what refers to its rows.
    await connection.executeScript('PRAGMA foreign_keys = OFF');
    await connection.executeScript('BEGIN');
    return connection;
  };
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    connect: () => remember(adapter.connect()),
    connectToShadowDb: () => remember(adapter.connectToShadowDb()),
  };
}

/** Names of the migrations the database does not have yet. */
export async function pendingMigrations(connection: SqlDriverAdapter): Promise<string[]> {
  const applied = new Set(await appliedMigrations(connection));
  return (await migrationNames()).filter((name) => !applied.has(name));
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
