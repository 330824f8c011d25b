/**
 * Writes the next migration: `npm run migration -- name-of-the-change` after editing schema.prisma.
 * It is the difference between what the migrations so far make and what the schema wants.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { openSchemaEngine, readMigrations, readSchema } from '../src/store/schema-engine.ts';

const name = process.argv[2];
if (!name || !/^[a-z0-9-]+$/.test(name)) {
  throw new Error('Name the change in small letters and dashes: npm run migration -- add-covers');
}

const adapter = new PrismaBetterSqlite3({ url: ':memory:' });
const connectToShadowDb = adapter.connectToShadowDb.bind(adapter);
adapter.connectToShadowDb = async () => {
  const shadow = await connectToShadowDb();
  // The engine hands whole migrations to what better-sqlite3 takes single statements by.
  shadow.executeRaw = async ({ sql }) => {
    await shadow.executeScript(sql);
    return 0;
  };
  return shadow;
};

const engine = await openSchemaEngine(adapter);
const { stdout } = await engine.diff({
  from: { tag: 'migrations', ...(await readMigrations()) },
  to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: await readSchema() }] },
  script: true,
  exitCode: null,
  filters: { externalTables: [], externalEnums: [] },
});
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
const folder = new URL(`migrations/${stamp}_${name}/`, import.meta.url);
await mkdir(folder);
await writeFile(new URL('migration.sql', folder), stdout ?? '');
console.log(`Wrote ${folder.pathname}migration.sql`);
