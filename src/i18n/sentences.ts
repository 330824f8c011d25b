import type { Check } from '../submission/photo.ts';
import type { FieldError } from '../submission/refusals.ts';
import { isMessage } from './messages.ts';
import type { Say } from './say.ts';

/** What is wrong with a field; a code without a sentence of its own is still answered in words. */
export function fieldSentence(say: Say, { code }: FieldError): string {
  const key = `field.${code}`;
  return say(isMessage(key) ? key : 'field.invalid');
}

/** What a check found, in words. */
export function checkSentence(say: Say, { code, finding }: Check): string {
  const key = `check.${code}.${finding}`;
  return say(isMessage(key) ? key : `check.${code}`);
}
