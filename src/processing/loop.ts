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
 * until the bell rings or a while has passed. Looking costs more than sleeping, so one lane looks
 * for all, and wakes the next one when there was something to do. An act that throws is told to
 * `onError` once and the lane goes on after the same sleep.
 */
export function runLoop(act: Act, lanes: number, bell: Bell, onError: (e: unknown) => void): Loop {
  let stopping = false;
  let rings = 0;
  const sleepers = new Set<() => void>();
  const wakeOne = () => {
    const [wake] = sleepers;
    if (!wake) return;
    sleepers.delete(wake);
    wake();
  };
  const stopListening = bell.onRing(() => {
    rings += 1;
    wakeOne();
  });
  const looking = setInterval(wakeOne, LOOK_AGAIN_MS);

  async function lane(): Promise<void> {
    while (!stopping) {
      const heard = rings;
      const busy = await act().catch((error: unknown) => {
        onError(error);
        return false;
      });
      if (busy) wakeOne();
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
      for (const wake of sleepers) wake();
      await Promise.all(running);
    },
  };
}
