import type { Say } from '../../i18n/say.ts';
import type { Act } from '../../submission/acts.ts';
import type { Exposure } from '../../submission/exposure.ts';
import type { Participant } from '../../submission/form.ts';
import type { Check } from '../../submission/photo.ts';
import type { Criteria, State } from '../../submission/states.ts';

/** A submission as moderators see it: never its contact address. */
export interface QueueItem {
  id: string;
  version: number;
  state: State;
  embassy: { slug: string; name: string; city: string; country: string };
  city: string;
  exposure: Exposure;
  participant: Participant;
  name: string | null;
  message: string | null;
  checks: Check[];
  /** Ids of look-alikes. */
  similar: string[];
  /** The clean preview; null when the picture is gone. */
  photo: { url: string; width: number; height: number } | null;
  thumb: string | null;
  /** Who has it open just now. */
  claim: { by: string; mine: boolean } | null;
  /** What a moderator wrote for those who cannot see it. */
  alt: string | null;
  /** Approving it takes somebody's word that every face is covered. */
  needsCover: boolean;
  /** How many areas are painted over. */
  covers: number;
  /** Areas are being painted: nothing can be decided before that is done. */
  painting: boolean;
  waitingHours: number;
  decision: ItemDecision | null;
}

/** Which photos the desk shows, as its address says. */
export interface QueueFilter {
  state: State;
  embassy?: string | undefined;
  exposure?: Exposure | undefined;
  warned?: 'yes' | undefined;
  /** Those that look like something nobody wants, which no other list shows. */
  aside?: 'yes' | undefined;
}

/** A filter as the query of an address. */
export function filterQuery({ state, embassy, exposure, warned, aside }: QueueFilter) {
  return { state, embassy, exposure, warned, aside };
}

/** What the last post did, told on the page that follows it. */
export interface Flash {
  act: Act;
  done: number;
  /** How many a colleague or a supporter had changed before. */
  late: number;
  /** Whether `POST /moderation/undo` takes it back. */
  undo: boolean;
}

/** The name of a colleague who has it open. */
export function claimedBy({ claim }: QueueItem): string | undefined {
  return claim && !claim.mine ? claim.by : undefined;
}

/** Whether a decision about it can be taken back: its picture must still be there. */
export function mayReopen({ state, photo }: QueueItem): boolean {
  return (state === 'approved' || state === 'rejected') && photo !== null;
}

/** Whether areas of it can be painted over: what only counts is never seen again. */
export function mayCover({ state, exposure, photo }: QueueItem): boolean {
  const seen = state === 'waiting' || (state === 'approved' && exposure !== 'counted');
  return seen && photo !== null;
}

export interface ItemDecision {
  by: string;
  /** ISO 8601. */
  at: string;
  /** A rejection reason, or the code of a refusal. */
  reason: string | null;
  criteria: Criteria | null;
  note: string | null;
}

export const CRITERIA = ['flag', 'slogan', 'embassy'] as const satisfies (keyof Criteria)[];

const HOURS_AS_HOURS = 48;

/** How long something waits, as coarse as it is known. */
export function age(say: Say, hours: number): string {
  return hours < HOURS_AS_HOURS
    ? say('age.hours', { count: Math.floor(hours) })
    : say('age.days', { count: Math.floor(hours / 24) });
}
