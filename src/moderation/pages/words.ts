import { isMessage } from '../../i18n/messages.ts';
import type { Say } from '../../i18n/say.ts';

/** A stored code in words: rejections and refusals share the column `reason`. */
export function reasonWords(say: Say, reason: string): string {
  const rejection = `reason.${reason}`;
  if (isMessage(rejection)) return say(rejection);
  const refusal = `refusal.${reason}.title`;
  return isMessage(refusal) ? say(refusal) : reason;
}

/** The name of a decision, a kind or state of a mail; unknown ones keep their code. */
export function codeWords(
  say: Say,
  family: 'decision' | 'mail.kind' | 'mail.state',
  code: string,
): string {
  const key = `${family}.${code}`;
  return isMessage(key) ? say(key) : code;
}
