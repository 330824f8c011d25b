import { cpSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OUTSIDE } from './bundled.ts';

/**
 * `npm run assemble -- FOLDER` copies what runs the service, and nothing that builds it, into a new
 * folder: the built program, Prisma's files, and the few packages that are not in the program.
 */
const root = fileURLToPath(new URL('../', import.meta.url));
/** Packages of which the service reads files at run time. */
const READ_FROM = ['@prisma/schema-engine-wasm', 'dejavu-fonts-ttf'];
/** Dependencies that only work while packages are being installed. */
const INSTALLERS = ['prebuild-install'];
/** What only compilers read or leave behind; of `prisma/` also databases of a trial. */
const LEFTOVERS = [
  /\.(ts|mts|cts|map)$/,
  /\/better-sqlite3\/(deps|src|binding\.gyp)/,
  /\/better-sqlite3\/build\/(?!Release(\/better_sqlite3\.node)?$)/,
  /^prisma\/.*\.db/,
];

interface Manifest {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const [target] = process.argv.slice(2);
if (!target || existsSync(target)) {
  console.error('Usage: npm run assemble -- FOLDER, which must not be there yet');
  process.exit(1);
}
for (const part of ['dist', 'prisma', 'package.json', 'LICENSE', ...packages()]) {
  const wanted = (file: string) => !LEFTOVERS.some((left) => left.test(relative(root, file)));
  cpSync(join(root, part), join(target, part), { recursive: true, filter: wanted });
}

/** Folders of the packages to take along, with all they need in turn. */
function packages(): string[] {
  const found = new Set<string>();
  const add = (name: string, user: string) => {
    const folder = folderOf(name, user);
    if (!folder || found.has(folder) || INSTALLERS.includes(name)) return;
    found.add(folder);
    const { dependencies, optionalDependencies } = readManifest(folder);
    for (const each of Object.keys({ ...dependencies, ...optionalDependencies })) add(each, folder);
  };
  for (const name of [...OUTSIDE, ...READ_FROM]) add(name, '.');
  return [...found];
}

/** Where Node would find a package, seen from its user; null for an optional one that is not there. */
function folderOf(name: string, user: string): string | null {
  const folder = join(user, 'node_modules', name);
  if (existsSync(join(root, folder, 'package.json'))) return folder;
  return user === '.' ? null : folderOf(name, dirname(user));
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
}
