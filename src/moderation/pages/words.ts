import { isMessage } from '../../i18n/messages.ts';
import type { Say } from '../../i18n/say.ts';

/**
 * A stored code in words: rejections, refusals and the state something was taken back from share
 * the column `reason`.
 */
export function reasonWords(say: Say, reason: string): string {
  const keys = [`reason.${reason}`, `refusal.${reason}.title`, `state.${reason}`];
  const known = keys.find(isMessage);
  return known ? say(known) : reason;
}

/** The sentence of a key made from a stored code; a code nobody has words for stays as it is. */
export function codeWords(say: Say, key: string): string {
  return isMessage(key) ? say(key) : key.slice(key.lastIndexOf('.') + 1);
}
