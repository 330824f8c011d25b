import type { Answer } from '../sending/answer.ts';

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

/** What became of a decision that was sent. */
export type Result =
  | { kind: 'arrived'; version: number }
  | { kind: 'signed-out' }
  | { kind: 'late'; current: Current }
  /** In the words of the service. */
  | { kind: 'refused'; detail: string };

const STATE = { approval: 'approved', rejection: 'rejected', reopening: 'waiting' } as const;

interface Problem {
  code?: string;
  title?: string;
  detail?: string;
  current?: Current;
}

const problemOf = ({ body }: Answer) => (body ?? {}) as Problem;

/** What an answer to `version` of a decision by `me` means. */
export function resultOf(
  act: Decision['act'],
  version: number,
  me: string,
  answer: Answer,
): Result {
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

/** Whether nobody was faster: the photo's files are still on their way, and it can be tried again. */
export function isBusy(version: number, answer: Answer): boolean {
  const { code, current } = problemOf(answer);
  return code === 'not-possible-now' && current?.version === version;
}
