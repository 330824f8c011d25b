import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** What runs is built of these. */
const SOURCES = ['src', 'build', 'vite.config.ts', 'tsconfig.json', 'prisma.config.ts'];

/** What a later version brings along. */
interface Later {
  /** SQL that both databases take, by the names of its migrations. */
  migrations: Record<string, string>;
  /** A line of the schema's `Submission`; such a version is really built, which takes a minute. */
  field?: string | undefined;
}

/** A later version of this program, in a folder that the caller removes. */
export async function makeVersion({ migrations, field }: Later): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'compete-version-'));
  const parts = ['prisma', 'package.json', ...(field ? SOURCES : ['dist'])];
  for (const part of parts) await cp(join(root, part), join(folder, part), { recursive: true });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [name, sql] of Object.entries(migrations)) {
    for (const kind of ['migrations', 'migrations-postgresql']) {
      const migration = join(folder, 'prisma', kind, name);
      await mkdir(migration);
      await writeFile(join(migration, 'migration.sql'), sql);
    }
  }
  if (field) {
    const schema = join(folder, 'prisma/schema.prisma');
    const text = await readFile(schema, 'utf8');
    await writeFile(schema, text.replace('model Submission {', `$&\n  ${field}`));
    const run = (command: string, ...args: string[]) =>
      execFileSync(join(root, 'node_modules/.bin', command), args, { cwd: folder, env: PATHS });
    run('tsx', 'prisma/generate.ts');
    run('vite', 'build');
  }
  return folder;
}

const PATHS = { ...process.env, PATH: `${root}node_modules/.bin:${process.env.PATH}` };
