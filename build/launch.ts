import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';

/**
 * Runs the service (`service.js`, built from `src/main.ts`) with what V8 kept of compiling it when it
 * was built: compiling five megabytes anew is a third of a start. V8 itself refuses what another
 * version of it has kept; then the service is compiled as ever.
 *
 * With `KEEP_COMPILED` set, what was compiled during this run is kept for the next ones.
 */
const folder = new URL('./', import.meta.url);
const file = new URL('service.js', folder).pathname;
const kept = new URL('service.compiled', folder).pathname;

// Bytes of photos count as garbage of V8 while they pass: it would go through all it holds once for
// every photo, which took a third of the processor time of an upload, and now does so for every third.
setFlagsFromString('--heap-growing-percent=150');

const script = new Script(
  `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'utf8')}\n})`,
  { filename: file, ...(existsSync(kept) && { cachedData: readFileSync(kept) }) },
);
const require = createRequire(file);
const module = new Module(file);
// Its own parts, loaded later, find it there and do not start another one.
require.cache[file] = module;
const run: (...args: unknown[]) => void = script.runInThisContext();
run(module.exports, require, module, file, folder.pathname);

if (process.env.KEEP_COMPILED) {
  process.once('exit', () => {
    writeFileSync(`${kept}.part`, script.createCachedData());
    renameSync(`${kept}.part`, kept);
  });
}
