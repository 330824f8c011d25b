/**
 * Writes the next migration for both databases: `npm run migration -- name-of-the-change` after
 * editing schema.prisma. It is the difference between what the migrations so far make and what the
 * schema wants. PostgreSQL's are tried on a server: POSTGRESQL_URL is its address, with a user who
 * may make databases.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { migrationsFolder } from '../src/store/schema-engine.ts';
import { difference, postgresqlGround, sqliteGround } from './difference.ts';
import { breaking } from './expansion.ts';

const name = process.argv[2];
if (!name || !/^[a-z0-9-]+$/.test(name)) {
  throw new Error('Name the change in small letters and dashes: npm run migration -- add-covers');
}
const server = process.env.POSTGRESQL_URL;
if (!server) throw new Error('Set POSTGRESQL_URL to a server the migrations can be tried on.');

const packageFile = new URL('../package.json', import.meta.url);
const { version } = JSON.parse(await readFile(packageFile, 'utf8')) as { version: string };
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
for (const ground of [sqliteGround(), postgresqlGround(server)]) {
  const sql = await difference(ground);
  if (!sql) continue;
  const folder = new URL(`${stamp}_${name}/`, migrationsFolder(ground.provider));
  await mkdir(folder);
  await writeFile(new URL('migration.sql', folder), sql);
  console.log(`Wrote ${folder.pathname}migration.sql`);
  if (ground.provider === 'postgres') warn(sql);
}

/** A version that serves beside the new one must not miss anything. */
function warn(sql: string): void {
  for (const statement of breaking(sql, version)) {
    console.warn(`The version before this one would fail of: ${statement}
  (src/README.md, "A version may serve beside the one before".)`);
  }
}
