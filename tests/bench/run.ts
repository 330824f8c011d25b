import { execFileSync } from 'node:child_process';
import { measureGallery } from './gallery.ts';
import { measureLists } from './lists.ts';
import type { Line } from './measure.ts';
import { measureMemory } from './memory.ts';
import { measureStart } from './start.ts';
import { measureUpload } from './upload.ts';
import { measureWorkers } from './workers.ts';

/** `npm run bench`: all figures, or those whose names are given (`npm run bench -- start`). */
const BENCHES: Record<string, () => Promise<Line[]>> = {
  start: measureStart,
  upload: measureUpload,
  gallery: measureGallery,
  memory: measureMemory,
  lists: measureLists,
  workers: measureWorkers,
};

execFileSync('npx', ['vite', 'build', '--emptyOutDir'], { stdio: 'inherit' });
const wanted = process.argv.slice(2);
const lines: Line[] = [];
for (const [name, measure] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.error(`measuring ${name} ...`);
  // What was measured before is shown even when the next one breaks off.
  const failed = (error: unknown) => [{ what: name, figure: String(error), reached: false }];
  lines.push(...(await measure().catch(failed)));
}
const width = Math.max(...lines.map(({ what }) => what.length));
for (const { what, figure, aim, reached } of lines) {
  const verdict = aim ? `  aim ${aim}: ${reached ? 'reached' : 'MISSED'}` : '';
  console.log(`${what.padEnd(width)}  ${figure}${verdict}`);
}
process.exitCode = lines.every(({ reached }) => reached !== false) ? 0 : 1;
