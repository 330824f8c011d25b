import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  bindMigrationAwareSqlAdapterFactory,
  type Provider,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { root } from '../root.ts';

const prismaFolder = new URL('prisma/', root);
const schemaFile = new URL('schema.prisma', prismaFolder);

type Glue = typeof import('@prisma/schema-engine-wasm/schema_engine_bg');

let loaded: Promise<Glue> | undefined;

/**
 * Prisma's schema engine as WebAssembly: the one behind `prisma migrate`, without the download.
 */
export async function openSchemaEngine(
  adapter: SqlMigrationAwareDriverAdapterFactory,
): Promise<SchemaEngine> {
  loaded ??= loadEngine();
  const { SchemaEngine } = await loaded;
  return SchemaEngine.new(
    { datamodels: [['schema.prisma', await readSchema(adapter.provider)]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
}

/**
 * On Node the module is wired up by hand (the package's own entry expects a bundler), and once:
 * the glue keeps views of the memory of the one instance it serves.
 */
async function loadEngine(): Promise<Glue> {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const glueFile = createRequire(import.meta.url).resolve(
    '@prisma/schema-engine-wasm/schema_engine_bg',
  );
  const wasmFile = join(dirname(glueFile), 'schema_engine_bg.wasm');
  const { instance } = await WebAssembly.instantiate(await readFile(wasmFile), {
    './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports,
  });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return glue;
}

/** The schema as `schema.prisma` has it, for SQLite; for PostgreSQL it differs by a word. */
export async function readSchema(provider: Provider): Promise<string> {
  const schema = await readFile(schemaFile, 'utf8');
  return provider === 'sqlite'
    ? schema
    : schema.replace('provider = "sqlite"', 'provider = "postgresql"');
}

/** Where the migrations of a database of this kind lie. */
export function migrationsFolder(provider: Provider): URL {
  return new URL(provider === 'sqlite' ? 'migrations/' : 'migrations-postgresql/', prismaFolder);
}

/** The migrations of the repository, oldest first, in the shape the engine reads. */
export async function readMigrations(provider: Provider): Promise<MigrationList> {
  const folder = migrationsFolder(provider);
  const names = await migrationNames(provider);
  return {
    baseDir: folder.pathname,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(new URL('migration_lock.toml', folder), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(names.map((name) => readMigration(folder, name))),
  };
}

/** Oldest first: their names begin with their date. */
export async function migrationNames(provider: Provider): Promise<string[]> {
  const entries = await readdir(migrationsFolder(provider), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory());
  return folders.map((entry) => entry.name).sort();
}

async function readMigration(folder: URL, name: string) {
  const value = await readFile(new URL(`${name}/migration.sql`, folder), 'utf8');
  return {
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } },
  };
}
