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
 * until the bell rings or a while has passed. An act that throws is told to `onError` once and
 * the lane goes on after the same sleep.
 */
export function runLoop(act: Act, lanes: number, bell: Bell, onError: (e: unknown) => void): Loop {
  let stopping = false;
  let rings = 0;
  const sleepers = new Set<() => void>();
  const wakeAll = () => {
    for (const wake of sleepers) wake();
    sleepers.clear();
  };
  const stopListening = bell.onRing(() => {
    rings += 1;
    wakeAll();
  });
  // One lane looks again for all: an idle service should have little to do.
  const looking = setInterval(() => {
    const [wake] = sleepers;
    if (!wake) return;
    sleepers.delete(wake);
    wake();
  }, LOOK_AGAIN_MS);

  async function lane(): Promise<void> {
    while (!stopping) {
      const heard = rings;
      const busy = await act().catch((error: unknown) => {
        onError(error);
        return false;
      });
      if (busy) wakeAll();
      // A ring while we looked may be about what came after.
      else if (!stopping && heard === rings) await new Promise<void>((wake) => sleepers.add(wake));
    }
  }

  const running = Array.from({ length: lanes }, lane);
  return {
    async stop() {
      stopping = true;
      clearInterval(looking);
      stopListening();
      wakeAll();
      await Promise.all(running);
    },
  };
}
