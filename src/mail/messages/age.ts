import type { Say } from '../../i18n/say.ts';

/** Hours up to here are said as hours, more as days. */
const HOURS_IN_WORDS = 48;

/** How long the oldest photo has been waiting, as a sentence. */
export function age(hours: number, say: Say): string {
  if (hours < 1) return say('mail.digest.age.fresh');
  if (hours < HOURS_IN_WORDS) return say('mail.digest.age.hours', { hours: Math.floor(hours) });
  return say('mail.digest.age.days', { days: Math.floor(hours / 24) });
}
