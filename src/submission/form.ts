import { z } from 'zod';
import { areasText } from './areas.ts';
import { EXPOSURES } from './exposure.ts';
import type { FieldError } from './refusals.ts';
import { typedText } from './text.ts';

export const PARTICIPANTS = ['person', 'organisation'] as const;
export type Participant = (typeof PARTICIPANTS)[number];

/** Largest photo, in bytes. */
export const MAX_PHOTO_BYTES = 20 * 1024 * 1024;

const shortText = typedText({ maxGraphemes: 80, maxBytes: 400 });
const longText = typedText({ maxGraphemes: 500, maxBytes: 4000, lines: true });

/** An empty field of a form is a field left out. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

/** The fields beside the photo. Error messages are field error codes. */
export const submissionForm = z.object({
  embassy: z.string({ error: 'required' }).min(1, 'required'),
  city: z.string({ error: 'required' }).pipe(shortText).pipe(z.string().min(1, 'required')),
  consent: z.literal('yes', { error: 'consent-needed' }),
  exposure: optional(z.enum(EXPOSURES, { error: 'choice-unknown' })).transform((v) => v ?? 'shown'),
  participant: optional(z.enum(PARTICIPANTS, { error: 'choice-unknown' })).transform(
    (v) => v ?? 'person',
  ),
  name: optional(shortText),
  message: optional(longText),
  email: optional(z.email('email-invalid').max(254, 'email-invalid')),
  locale: optional(z.string().max(35, 'choice-unknown')),
  covers: optional(areasText).transform((areas) => areas ?? []),
});

export type SubmissionForm = z.output<typeof submissionForm>;

/** The first problem of each field, in the words of `FieldError`. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  const first = new Map<string, string>();
  for (const issue of error.issues) {
    const field = String(issue.path[0] ?? '');
    if (!first.has(field)) first.set(field, field === 'covers' ? 'areas-invalid' : issue.message);
  }
  return [...first].map(([field, code]) => ({ field, code }));
}
