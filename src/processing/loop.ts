import type { Bell } from '../bell.ts';

/** One act of a lane: true when there was something to do, so that the next is tried at once. */
export type Act = () => Promise<boolean>;

export interface Loop {
  /** Resolves when the acts that were running have ended; no new one begins. */
  stop(): Promise<void>;
}

/** Rows come due without anybody ringing: retries, digests, erasures. */
const LOOK_AGAIN_MS = 1_000;

/**
 * Runs `act` over and over in `lanes` lanes side by side, sleeping when there is nothing to do
 * until the bell rings or some time has passed. An act that throws is told to `onError` once and
 * the lane goes on after the same sleep.
 */
export function runLoop(act: Act, lanes: number, bell: Bell, onError: (e: unknown) => void): Loop {
  let stopping = false;
  const wakers = new Set<() => void>();
  const wakeAll = () => {
    for (const wake of wakers) wake();
  };
  const stopListening = bell.onRing(wakeAll);

  const sleep = () =>
    new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        wakers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, LOOK_AGAIN_MS);
      wakers.add(wake);
    });

  async function lane(): Promise<void> {
    while (!stopping) {
      const busy = await act().catch((error: unknown) => {
        onError(error);
        return false;
      });
      if (!busy && !stopping) await sleep();
    }
  }

  const running = Array.from({ length: lanes }, lane);
  return {
    async stop() {
      stopping = true;
      stopListening();
      wakeAll();
      await Promise.all(running);
    },
  };
}
