import { fieldErrors, type SubmissionForm, submissionForm } from '../submission/form.ts';
import { type FieldError, Refusal } from '../submission/refusals.ts';
import type { Draft } from './draft.ts';
import type { IntakeTools } from './tools.ts';

/** What was sent, checked. */
export interface Content {
  form: SubmissionForm;
  photo: Draft;
  /** Tells the same content from any other, however the fields were ordered. */
  digest: string;
}

/** Throws `form-invalid` with every wrong field at once, the photo included. */
export function readContent(
  tools: IntakeTools,
  fields: Record<string, string>,
  photo: Draft | null,
): Content {
  const parsed = submissionForm.safeParse(fields);
  const errors: FieldError[] = parsed.error ? fieldErrors(parsed.error) : [];
  const unknown = fields.embassy && !tools.embassies.has(fields.embassy);
  if (unknown) errors.push({ field: 'embassy', code: 'embassy-unknown' });
  if (!photo) errors.push({ field: 'photo', code: 'required' });
  if (!parsed.data || !photo || errors.length > 0) {
    throw new Refusal('form-invalid', { fields: errors });
  }
  const form = parsed.data;
  const digest = JSON.stringify([Object.entries(form).sort(), photo.photoDigest.toString('hex')]);
  return { form, photo, digest };
}

/** Keys must be hard to guess: who knows the key and the content is given the receipt. */
export function readKey(key: unknown): string | null {
  if (key === undefined || key === '') return null;
  if (typeof key === 'string' && /^[\x21-\x7e]{16,255}$/.test(key)) return key;
  throw new Refusal('idempotency-key-invalid');
}
