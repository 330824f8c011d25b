import type { Config } from '../config.ts';
import type { Submissions } from '../store/submissions.ts';
import { Refusal } from '../submission/refusals.ts';

/** Seconds after which a full line is worth another try. */
const COME_BACK = 60;

/** Seconds after which people may have worked through a full queue. */
const COME_BACK_LATER = 3_600;

/** Resolves to how to leave. Leaving twice is leaving once. */
export type Admission = () => Promise<() => void>;

/**
 * Lets senders in while there is room: in the line of photos that wait for cleaning or are on
 * their way (`line-full`), and in the queue before the moderators (`queue-full`). Refuses before
 * anything is read.
 */
export function openAdmission(
  submissions: Submissions,
  { lineLength, queueLength }: Pick<Config, 'lineLength' | 'queueLength'>,
): Admission {
  let underWay = 0;
  return async () => {
    underWay++;
    let inside = true;
    const leave = () => {
      if (inside) underWay--;
      inside = false;
    };
    const waiting = await submissions.lineLength();
    const lineFull = waiting + underWay > lineLength;
    if (!lineFull && (await submissions.queueLength()) + underWay <= queueLength) return leave;
    leave();
    throw lineFull
      ? new Refusal('line-full', { retryAfter: COME_BACK })
      : new Refusal('queue-full', { retryAfter: COME_BACK_LATER });
  };
}
