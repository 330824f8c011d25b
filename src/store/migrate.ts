import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { PrismaClient } from './generated/client.ts';
import { migrationNames, openSchemaEngine, readMigrations } from './schema-engine.ts';

/**
 * Brings the database up to the newest migration and returns the names of those applied.
 * Keeps `_prisma_migrations` exactly as `prisma migrate deploy` does, so either can go on.
 */
export async function migrate(adapter: SqlMigrationAwareDriverAdapterFactory): Promise<string[]> {
  const engine = await openSchemaEngine(adapter);
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: await readMigrations(),
      filters: { externalTables: [], externalEnums: [] },
    });
    return appliedMigrationNames;
  } finally {
    engine.free();
  }
}

/** Names of the migrations the database does not have yet. */
export async function pendingMigrations(client: PrismaClient): Promise<string[]> {
  const applied = new Set(await appliedMigrations(client));
  return (await migrationNames()).filter((name) => !applied.has(name));
}

async function appliedMigrations(client: PrismaClient): Promise<string[]> {
  try {
    const rows = await client.$queryRaw<{ migration_name: string }[]>`
      SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL`;
    return rows.map((row) => row.migration_name);
  } catch (error) {
    // A new database has no such table; whatever else is wrong, the engine will say.
    if ((error as { code?: string }).code === 'P2010') return [];
    throw error;
  }
}
