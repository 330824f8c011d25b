import type { Job } from '../store/jobs.ts';
import type { Photos } from '../store/photos.ts';
import type { Tools } from './tools.ts';

/** A claimed job, kept for as long as this process works on it. */
export interface Hold {
  /** The store as long as the job is ours; then writing to it throws `LeaseLost`. */
  photos: Photos;
  /** Ends it. False when it was not ours any more at the end: something may have been written late. */
  end(): boolean;
}

/** Others may be at work on the same photo: nothing is to be written any more. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

export interface HoldTimes {
  /** For how long a job is left to a process that is not heard of. */
  leaseMs: number;
  /** How often it makes itself heard. */
  renewMs: number;
}

/**
 * Renews the lease of a job while it is being done, and keeps a process that stood still past its
 * lease from writing: others have taken the job over, and what it would write is of the past. It
 * looks at a clock of its own, for the lease is counted from before it was asked for.
 */
export function hold(
  { store, photos, now }: Pick<Tools, 'store' | 'photos' | 'now'>,
  job: Job,
  claimedAt: number,
  { leaseMs, renewMs }: HoldTimes,
): Hold {
  let ours = claimedAt + leaseMs;
  const isOurs = () => performance.now() < ours;

  async function renew(): Promise<void> {
    const asked = performance.now();
    const until = new Date(now().getTime() + leaseMs);
    ours = (await store.leases.renew(job, until)) ? asked + leaseMs : 0;
  }
  // While the database is away the lease runs on; should it run out, the next process begins anew.
  const timer = setInterval(() => void renew().catch(() => undefined), renewMs);

  const guarded = <Args extends unknown[]>(write: (...args: Args) => Promise<void>) => {
    return async (...args: Args) => {
      if (!isOurs()) throw new LeaseLost(`The lease of ${job.row.id} has run out`);
      await write(...args);
    };
  };
  return {
    photos: {
      ...photos,
      seal: guarded(photos.seal),
      remove: guarded(photos.remove),
      publish: guarded(photos.publish),
      retract: guarded(photos.retract),
      erase: guarded(photos.erase),
    },
    end() {
      clearInterval(timer);
      return isOurs();
    },
  };
}
