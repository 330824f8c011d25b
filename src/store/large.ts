/** A number as large as this is told again for a while: nobody needs it to the last photo. */
const LARGE = 5_000;
const KEPT_MS = 30_000;

/**
 * The same question with answers about many rows remembered for half a minute: what takes the
 * database longer the more there is must not be asked with each page. `rowsOf` tells how many rows an
 * answer counts; small ones are always as of now.
 */
export function rememberLarge<Args extends unknown[], Answer>(
  ask: (...args: Args) => Promise<Answer>,
  rowsOf: (answer: Answer) => number,
): (...args: Args) => Promise<Answer> {
  const known = new Map<string, { answer: Answer; until: number }>();
  return async (...args) => {
    const key = JSON.stringify(args);
    const kept = known.get(key);
    if (kept && kept.until > performance.now()) return kept.answer;
    known.delete(key);
    const answer = await ask(...args);
    if (rowsOf(answer) >= LARGE) known.set(key, { answer, until: performance.now() + KEPT_MS });
    return answer;
  };
}
