/**
 * How often a test repeats itself: a taste of it on a desk, what the issue of a release asks for in
 * CI, and the figures of the threat page in `npm run test:long`. `ROUNDS=n` overrules all three. What
 * CI has done on the usual engines it only tastes on the others.
 */
export function rounds(times: { quick: number; ci: number; long: number }): number {
  if (process.env.ROUNDS) return Number(process.env.ROUNDS);
  if (process.env.LONG) return times.long;
  return process.env.CI && !process.env.TEST_ENGINES ? times.ci : times.quick;
}
