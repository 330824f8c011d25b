export const STATES = [
  'received',
  'waiting',
  'approved',
  'rejected',
  'refused',
  'withdrawn',
] as const;
export type State = (typeof STATES)[number];

/** Where a submission may go from where it is. Everything else is refused. */
const MOVES: Record<State, readonly State[]> = {
  received: ['waiting', 'refused', 'withdrawn'],
  waiting: ['approved', 'rejected', 'withdrawn'],
  approved: ['waiting', 'withdrawn'],
  rejected: ['waiting', 'withdrawn'],
  refused: ['withdrawn'],
  withdrawn: [],
};

export function mayMove(from: State, to: State): boolean {
  return MOVES[from].includes(to);
}

/** What is to be done next with a submission's files. */
export const TASKS = [
  'clean',
  'clean-heavy',
  'cover',
  'publish',
  'encode',
  'card',
  'retract',
  'erase',
] as const;
export type Task = (typeof TASKS)[number];

/** The tasks of a photo nobody has seen yet: costly ones wait in a line of their own. */
export const CLEANING = ['clean', 'clean-heavy'] as const satisfies Task[];

/** The tasks nobody waits for: they are done in spare time. */
export const SPARE = ['encode', 'card'] as const satisfies Task[];

export const REJECTION_REASONS = [
  'not-a-photo',
  'no-flag',
  'no-slogan',
  'no-embassy',
  'people-at-risk',
  'offensive',
  'duplicate',
  'quality',
  'other',
] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];

/** Reasons that say nobody wants such a picture, whoever sends it: it goes on the block list. */
const UNWANTED: readonly (string | null)[] = [
  'offensive',
  'not-a-photo',
] satisfies RejectionReason[];

export function isUnwanted(reason: string | null): boolean {
  return UNWANTED.includes(reason);
}

/** What a moderator confirms to see in an approved photo. */
export interface Criteria {
  flag: boolean;
  slogan: boolean;
  embassy: boolean;
}
