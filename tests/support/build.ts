import { execFileSync } from 'node:child_process';

/** The tests of the whole program run what `npm start` runs, so it must be what `src` says. */
export function setup(): void {
  // Each group of tests asks for it.
  if (process.env.TESTS_HAVE_BUILT) return;
  process.env.TESTS_HAVE_BUILT = 'yes';
  // Not emptied first: a service of another test run may be serving from the folder.
  execFileSync('npx', ['vite', 'build', '--emptyOutDir', 'false'], { stdio: 'inherit' });
}
