import { z } from 'zod';
import { isTimeZone } from '../quiet.ts';
import { type DigestSettings, NEVER } from '../store/digests.ts';

/** Answers of the form, in their order. */
export const EVERY_CHOICES = ['service', '5', '30', '120', '1440', 'never'] as const;
export type EveryChoice = (typeof EVERY_CHOICES)[number];

const hour = z
  .string()
  .regex(/^(1?[0-9]|2[0-3])$/)
  .transform(Number);

export const mailsBody = z.object({
  every: z.enum(EVERY_CHOICES),
  quiet: z.literal('yes').optional(),
  from: hour,
  until: hour,
  timeZone: z.string().max(100).refine(isTimeZone, 'choice-unknown'),
  _csrf: z.string().optional(),
});

export function settingsOf(form: z.output<typeof mailsBody>): DigestSettings {
  const { every, quiet, from, until, timeZone } = form;
  const hours = quiet && from !== until ? { from, until, timeZone } : null;
  return { every: minutesOf(every), quiet: hours };
}

/** The answer a stored number stands for; one that no form offers any more is the service's. */
export function choiceOf({ every }: DigestSettings): EveryChoice {
  return EVERY_CHOICES.find((choice) => minutesOf(choice) === every) ?? 'service';
}

function minutesOf(choice: EveryChoice): number | null {
  if (choice === 'service') return null;
  return choice === 'never' ? NEVER : Number(choice);
}
