// Loaded into the service before anything else (`--import`, see steps.ts): writes down each durable
// step, and kills the process just before the one that is described in the file `kill-at`.
import { appendFileSync, promises, readFileSync, rmSync } from 'node:fs';
import { ServerResponse } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import Sqlite from 'better-sqlite3';

const { open, rename, rm } = promises;
const { prepare } = Sqlite.prototype;
const { end } = ServerResponse.prototype;

const FULL = 2;
const WRITES = /^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+(?:`main`\.)?`(\w+)`/;
/** Tables the transaction has written to. */
const tables = new Set();

function step(words) {
  appendFileSync('steps', `${words.join(' ')}\n`);
  const wanted = read('kill-at')?.split(' ');
  if (!wanted?.every((word) => words.includes(word))) return;
  rmSync('kill-at');
  process.kill(process.pid, 'SIGKILL');
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** A read-only disk, or whatever code stands in the file `no-writing`. */
function mayWrite(syscall) {
  const code = read('no-writing');
  if (code) throw Object.assign(new Error(`${code}: ${syscall}`), { code, syscall });
}

/** `original`, `master`, `480`, `public 480.jpg`; `folder`, `public folder`. No ids. */
function nameOf(path) {
  const [, where, rest = ''] = /uploads\/(private|public)\/?(.*)$/.exec(path) ?? [];
  const file = rest.replace(/\.[0-9a-f]{12}\.part$/, '').replace(/^.*[0-9a-f]{12}[./]?|^..$/, '');
  return [...(where === 'public' ? ['public'] : []), file || 'folder'];
}

promises.open = async (path, flags, ...rest) => {
  if (flags === 'wx') mayWrite('open');
  const file = await open(path, flags, ...rest);
  const { sync } = file;
  file.sync = () => {
    step(['sync', ...nameOf(path)]);
    return sync.call(file);
  };
  return file;
};
promises.rename = (from, to) => {
  step(['rename', ...nameOf(to)]);
  return rename(from, to);
};
promises.rm = async (path, ...rest) => {
  mayWrite('unlink');
  step(['rm', ...nameOf(path)]);
  return rm(path, ...rest);
};
syncBuiltinESMExports();

Sqlite.prototype.prepare = function prepareStep(sql) {
  const [, table] = WRITES.exec(sql) ?? [];
  if (table) tables.add(table);
  if (sql === 'BEGIN') tables.clear();
  if (sql === 'COMMIT' && tables.size > 0) {
    const isFull = Number(this.pragma('synchronous', { simple: true })) === FULL;
    step([isFull ? 'commit' : 'commit-without-sync', ...tables]);
  }
  return prepare.call(this, sql);
};

ServerResponse.prototype.end = function endStep(...args) {
  const { method, url } = this.req;
  step(['answer', method, url.split('/').at(-1), this.statusCode]);
  return end.apply(this, args);
};
