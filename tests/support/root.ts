import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const repository = new URL('../../', import.meta.url).pathname;

/**
 * A root file system of next to nothing: the service as the Dockerfile's `npm run assemble` puts it
 * together, Node, and the libraries that Node and the service's own modules link to.
 */
export function makeRoot(root: string): void {
  const app = join(root, 'app');
  execFileSync('npm', ['run', '-s', 'assemble', '--', app], { cwd: repository });
  const node = join(root, 'usr/local/bin/node');
  copy(process.execPath, node);
  const modules = readdirSync(app, { recursive: true, encoding: 'utf8' });
  const binaries = modules.filter((name) => name.endsWith('.node')).map((name) => join(app, name));
  for (const library of new Set([node, ...binaries].flatMap(librariesOf))) {
    if (!library.startsWith(root)) copy(library, join(root, library));
  }
  for (const folder of ['data', 'dev', 'proc']) mkdirSync(join(root, folder));
  for (const device of ['null', 'zero', 'urandom']) writeFileSync(join(root, 'dev', device), '');
}

/** The files a binary is linked to, the loader among them. */
function librariesOf(binary: string): string[] {
  const lines = execFileSync('ldd', [binary], { encoding: 'utf8' }).split('\n');
  return lines.map((line) => /(?:^|=>)\s*(\/\S+)/.exec(line)?.[1] ?? '').filter(Boolean);
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { dereference: true });
}
