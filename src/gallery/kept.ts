/** Answers kept at most; the oldest goes first. */
const MAX_KEPT = 1_000;

interface Answer {
  version: number;
  body: string;
}

/**
 * Keeps public answers as they were sent, each until something public changes: making them is
 * a few queries, sending them again is none.
 */
export function keepAnswers(publicVersion: () => number) {
  const kept = new Map<string, Answer>();
  return async (key: string, make: () => Promise<string>): Promise<string> => {
    // Taken before the rows are read: what changes meanwhile makes this answer an old one.
    const version = publicVersion();
    const known = kept.get(key);
    if (known?.version === version) return known.body;
    const body = await make();
    kept.delete(key);
    kept.set(key, { version, body });
    const oldest = kept.keys().next().value;
    if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
    return body;
  };
}
