/**
 * Makes the clients of both databases: `npm run generate`. schema.prisma is SQLite's; PostgreSQL's
 * is derived from it into a file that git does not keep.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { readSchema } from '../src/store/schema-engine.ts';

// Generating needs no engine, but the command looks for one and would load it from elsewhere.
const NO_ENGINE = { PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true' };

const derived = await readSchema('postgres');
await writeFile(
  new URL('postgresql.prisma', import.meta.url),
  derived.replace('../src/store/generated', '../src/store/generated-postgresql'),
);
await Promise.all(['schema', 'postgresql'].map(generate));

async function generate(name: string): Promise<void> {
  const args = ['generate', '--no-hints', '--schema', `prisma/${name}.prisma`];
  const command = spawn('prisma', args, {
    stdio: 'inherit',
    env: { ...NO_ENGINE, ...process.env },
  });
  const [code] = await once(command, 'exit');
  if (code !== 0) throw new Error(`prisma generate failed for ${name}.prisma`);
}
