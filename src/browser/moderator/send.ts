import type { Answer } from '../sending/answer.ts';
import type { Stage } from '../sending/deliver.ts';
import { ask, change } from './call.ts';

/** A decision about one photo, as its moderator saw it. */
export interface Decision {
  id: string;
  act: 'approval' | 'rejection' | 'reopening';
  /** The version that was looked at. */
  seen: number;
  /** Criteria or reason. */
  body: object;
  /** What the photo is called when something is to be said about it. */
  city: string;
}

/** How a photo stands, from a decision that came too late. */
interface Current {
  state: string;
  version: number;
  decidedBy: string | null;
}

export type Result =
  | { kind: 'arrived'; version: number }
  | { kind: 'signed-out' }
  | { kind: 'late'; current: Current }
  /** In the words of the service. */
  | { kind: 'refused'; detail: string };

const STATE = { approval: 'approved', rejection: 'rejected', reopening: 'waiting' } as const;
/** A photo on its way out of the public cannot be decided about before it is out. */
const BUSY_MS = 500;
const BUSY_TRIES = 20;

/** Sends one decision until the service has answered it. */
export async function send(
  decision: Decision,
  version: number,
  me: string,
  tell: (stage: Stage) => void,
): Promise<Result> {
  const url = `/api/v1/moderation/submissions/${decision.id}/${decision.act}`;
  for (let tries = 1; ; tries += 1) {
    const answer = await ask(url, change({ version, ...decision.body }), tell);
    const busy = problemOf(answer).code === 'not-possible-now' && tries < BUSY_TRIES;
    if (!busy || problemOf(answer).current?.version !== version) {
      return resultOf(decision, version, me, answer);
    }
    await new Promise((resolve) => setTimeout(resolve, BUSY_MS));
  }
}

function resultOf({ act }: Decision, version: number, me: string, answer: Answer): Result {
  if (answer.status === 200) {
    return { kind: 'arrived', version: (answer.body as { version: number }).version };
  }
  if (answer.status === 401) return { kind: 'signed-out' };
  const { current, title = '', detail = '' } = problemOf(answer);
  if (!current || current.version === version) {
    return { kind: 'refused', detail: `${title}. ${detail}` };
  }
  // Ours: the answer to it was lost on its way, so that it was sent again.
  const ours = current.version === version + 1 && current.state === STATE[act];
  if (ours && current.decidedBy === (act === 'reopening' ? null : me)) {
    return { kind: 'arrived', version: current.version };
  }
  return { kind: 'late', current };
}

interface Problem {
  code?: string;
  title?: string;
  detail?: string;
  current?: Current;
}

function problemOf({ body }: Answer): Problem {
  return (body ?? {}) as Problem;
}
