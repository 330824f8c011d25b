import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { databaseUrl } from './database.ts';
import { inFolders, onSqlite } from './engines.ts';
import { listStored, readStored } from './photo-store.ts';
import { programs } from './postgresql.ts';

const ALL_ROWS = `SELECT format('COPY %I TO STDOUT WITH BINARY', tablename) FROM pg_tables
  WHERE schemaname = 'public' \\gexec`;
const MOST_BYTES = 1 << 30;

/**
 * Everything a service keeps, by its path below its folder. Objects are named as the files they are
 * in place of, rows as `data.db`: there they are what PostgreSQL tells of them, in its own bytes.
 */
export async function readDisk(folder: string): Promise<[path: string, bytes: Buffer][]> {
  const stored = inFolders ? [] : await listStored(folder);
  const whole = stored.filter((name) => !name.endsWith('.part'));
  const [files, objects] = await Promise.all([
    readFiles(folder),
    Promise.all(
      whole.map(async (name) => [`uploads/${name}`, await orNothing(readStored({ folder }, name))]),
    ),
  ]);
  return [...files, ...(objects as typeof files), ...(onSqlite ? [] : [readRows(folder)])];
}

async function readFiles(folder: string): Promise<[string, Buffer][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name));
  return Promise.all(
    paths.map(async (path) => [path.slice(folder.length + 1), await orNothing(readFile(path))]),
  );
}

/** What is gone meanwhile is not kept. */
function orNothing(reading: Promise<Buffer>): Promise<Buffer> {
  return reading.catch(() => Buffer.alloc(0));
}

function readRows(folder: string): [string, Buffer] {
  const options = { input: ALL_ROWS, maxBuffer: MOST_BYTES };
  const bytes = execFileSync(join(programs ?? '', 'psql'), ['-Atq', databaseUrl(folder)], options);
  return ['data.db', bytes];
}
