import { execFileSync } from 'node:child_process';

/** The tests of the whole program run what `npm start` runs, so it must be what `src` says. */
export function setup(): void {
  execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
}
