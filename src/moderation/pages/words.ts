import { isMessage } from '../../i18n/messages.ts';
import type { Say } from '../../i18n/say.ts';

/** A stored code in words: rejections and refusals share the column `reason`. */
export function reasonWords(say: Say, reason: string): string {
  const rejection = `reason.${reason}`;
  if (isMessage(rejection)) return say(rejection);
  const refusal = `refusal.${reason}.title`;
  return isMessage(refusal) ? say(refusal) : reason;
}

/** The sentence of a key made from a stored code; a code nobody has words for stays as it is. */
export function codeWords(say: Say, key: string): string {
  return isMessage(key) ? say(key) : key.slice(key.lastIndexOf('.') + 1);
}
