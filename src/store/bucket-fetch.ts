import { setTimeout as sleep } from 'node:timers/promises';

/** A part of five megabytes takes four seconds at 10 Mbit/s. */
const TIMEOUT_MS = 15_000;
const PAUSE_MS = 300;
/** The store is busy, or what stands before it could not reach it. */
const PASSING: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

interface Patience {
  /** Whether the deadline is about the beginning of the answer only: whoever reads it may be slow. */
  untilAnswer: boolean;
  timeoutMs?: number;
}

/**
 * A `fetch` that ends in time, and tries again once what does no harm when it is done twice. It
 * never follows a redirect: a signed request is for one host.
 */
export function patientFetch({ untilAnswer, timeoutMs = TIMEOUT_MS }: Patience): typeof fetch {
  async function once(url: Parameters<typeof fetch>[0], init: RequestInit): Promise<Response> {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(new Error('timeout')), timeoutMs);
    timer.unref();
    const options: RequestInit = { ...init, redirect: 'error', signal: deadline.signal };
    try {
      const answer = await fetch(url, options);
      if (untilAnswer) clearTimeout(timer);
      return answer;
    } catch (error) {
      clearTimeout(timer);
      throw error;
    }
  }

  return async (url, init = {}) => {
    if (!isRepeatable(String(url), init.method)) return once(url, init);
    const first = await once(url, init).catch(() => null);
    if (first && !PASSING.has(first.status)) return first;
    await first?.body?.cancel();
    await sleep(PAUSE_MS);
    return once(url, init);
  };
}

/** Beginning or ending an upload in parts is not; deleting a list of objects is. */
function isRepeatable(url: string, method: string | undefined): boolean {
  return method !== 'POST' || new URL(url).searchParams.has('delete');
}
