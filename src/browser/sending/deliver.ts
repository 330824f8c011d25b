import type { Answer, Upload } from './answer.ts';
import { needsProof, verdictOf, waitSeconds } from './waits.ts';

/** Where a delivery stands. */
export type Stage =
  | { stage: 'sending'; part: number }
  | { stage: 'waiting'; seconds: number; busy: boolean }
  | { stage: 'proving' }
  | { stage: 'offline' };

/** What a delivery needs of the world; a test hands in its own. */
export interface World {
  send(progress: (part: number) => void): Upload;
  /** Works for the right to send now. False when this device cannot; left out where nobody asks for it. */
  prove?(): Promise<boolean>;
  online(): boolean;
  /** Calls back when the connection comes back; returns how to stop listening. */
  onOnline(callback: () => void): () => void;
  /** Calls back after a time; returns how to stop waiting. */
  after(ms: number, callback: () => void): () => void;
  tell(stage: Stage): void;
}

/** Sends until it has arrived or is refused, over as many broken connections as it takes. */
export function deliver(world: World) {
  let cancelled = false;
  let current: Upload | undefined;
  let wake = () => {};

  /** Waits for the time, for the connection, or for a person who presses "now". */
  function pause(seconds: number): Promise<void> {
    return new Promise((resolve) => {
      const stops = [
        world.onOnline(() => wake()),
        ...(Number.isFinite(seconds) ? [world.after(seconds * 1000, () => wake())] : []),
      ];
      wake = () => {
        for (const stop of stops) stop();
        resolve();
      };
    });
  }

  async function run(): Promise<Answer | null> {
    for (let tries = 1; !cancelled; tries += 1) {
      if (!world.online()) {
        world.tell({ stage: 'offline' });
        await pause(Number.POSITIVE_INFINITY);
        if (cancelled) break;
      }
      world.tell({ stage: 'sending', part: 0 });
      current = world.send((part) => world.tell({ stage: 'sending', part }));
      const answer = await current.answer;
      if (cancelled) break;
      if (verdictOf(answer.status) !== 'again') return answer;
      if (!world.online()) continue;
      if (world.prove && needsProof(answer)) {
        world.tell({ stage: 'proving' });
        if ((await world.prove()) || cancelled) continue;
      }
      const seconds = waitSeconds(tries, answer.retryAfter);
      world.tell({ stage: 'waiting', seconds, busy: answer.status !== 0 });
      await pause(seconds);
    }
    return null;
  }

  return {
    /** The answer; null when it was cancelled. */
    done: run(),
    /** Does not wait any longer. */
    now: () => wake(),
    cancel(): void {
      cancelled = true;
      current?.abort();
      wake();
    },
  };
}
