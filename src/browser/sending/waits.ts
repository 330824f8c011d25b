import type { Answer } from './answer.ts';

const FIRST_S = 2;
const LONGEST_S = 60;

/** Seconds before the next try: longer each time, and never shorter than the service asks for. */
export function waitSeconds(tries: number, asked = 0): number {
  return Math.max(asked, Math.min(LONGEST_S, FIRST_S * 2 ** (tries - 1)));
}

/** Answers that say "not now": the same request may be repeated. */
const NOT_NOW = new Set([408, 425, 429, 502, 503, 504]);

/** Whether the service asks for a puzzle to be solved before it takes the photo. */
export function needsProof({ status, body }: Answer): boolean {
  return status === 429 && (body as { code?: unknown } | null)?.code === 'proof-needed';
}

export type Verdict = 'arrived' | 'again' | 'refused';

/** What to make of an answer; status 0 is none at all. */
export function verdictOf(status: number): Verdict {
  if (status === 200 || status === 201 || status === 202) return 'arrived';
  return status === 0 || NOT_NOW.has(status) ? 'again' : 'refused';
}
