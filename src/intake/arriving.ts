import type { Arrivals } from '../store/arrivals.ts';

/** Speaks for the files this process is taking in until they have their rows (`store/arrivals.ts`). */
export interface Arriving {
  /** Before its first byte is written. */
  announce(id: string): Promise<void>;
  /** It stays for `ms`, though nobody is here to speak for it. */
  keep(id: string, ms: number): Promise<void>;
  /** It has its row, or what there was of it is gone, or is to go. */
  leave(id: string): void;
}

/** Somebody killed is not waited for longer; whoever stands still for longer sends again. */
const BELIEVED_MS = 30_000;
const SPEAK_MS = 5_000;

export function openArriving(arrivals: Arrivals, now: () => Date): Arriving {
  const here = new Set<string>();
  const until = (ms: number) => new Date(now().getTime() + ms);
  const speak = async () => {
    if (here.size > 0) await arrivals.prolong([...here], until(BELIEVED_MS));
  };
  // Without the database nobody gives anything up either.
  setInterval(() => void speak().catch(() => undefined), SPEAK_MS).unref();
  return {
    async announce(id) {
      await arrivals.announce(id, until(BELIEVED_MS));
      here.add(id);
    },
    async keep(id, ms) {
      here.delete(id);
      await arrivals.prolong([id], until(ms));
    },
    leave: (id) => void here.delete(id),
  };
}
