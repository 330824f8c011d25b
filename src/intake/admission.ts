import type { Submissions } from '../store/submissions.ts';
import { Refusal } from '../submission/refusals.ts';

/** Seconds after which a full line is worth another try. */
const COME_BACK = 60;

/** Resolves to how to leave. Leaving twice is leaving once. */
export type Admission = () => Promise<() => void>;

/**
 * Lets senders in while the line has room: photos that wait for cleaning, and those that are on
 * their way. Refuses with `line-full` before anything is read.
 */
export function openAdmission(submissions: Submissions, lineLength: number): Admission {
  let underWay = 0;
  return async () => {
    underWay++;
    let inside = true;
    const leave = () => {
      if (inside) underWay--;
      inside = false;
    };
    const waiting = await submissions.lineLength();
    if (waiting + underWay <= lineLength) return leave;
    leave();
    throw new Refusal('line-full', { retryAfter: COME_BACK });
  };
}
