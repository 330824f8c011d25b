/**
 * Every expected "no" of the service: its stable code and the HTTP status it travels with.
 * The sentences people read stand in the translations under `refusal.<code>`.
 */
export const REFUSALS = {
  'form-invalid': 422,
  'form-malformed': 400,
  'form-too-large': 413,
  'photo-missing': 422,
  'photo-too-many': 400,
  'photo-too-large': 413,
  'photo-type': 415,
  'photo-broken': 422,
  'photo-too-many-pixels': 413,
  'photo-too-costly': 413,
  'photo-failed': 422,
  'idempotency-key-invalid': 400,
  'idempotency-key-reused': 422,
  'line-full': 503,
  'queue-full': 503,
  'proof-needed': 429,
  'wait-needed': 429,
  busy: 503,
  'storage-full': 507,
  'storage-off': 503,
  'too-many-requests': 429,
  'receipt-unknown': 404,
  'exposure-wider': 409,
  'not-possible-now': 409,
  'not-found': 404,
  gone: 410,
  'campaign-over': 410,
  'campaign-stopped': 410,
  'method-not-allowed': 405,
  'media-type': 415,
  'request-invalid': 400,
  'request-timeout': 408,
  'range-invalid': 416,
  'cursor-invalid': 400,
  'cursor-too-old': 410,
  'fields-unknown': 400,
  'format-unknown': 501,
  'foreign-origin': 403,
  'csrf-invalid': 403,
  'sign-in-needed': 401,
  'sign-in-expired': 401,
  'sign-in-stale': 403,
  'passkey-needed': 401,
  'passkey-missing': 403,
  'passkey-refused': 403,
  'passkey-known': 409,
  'admins-only': 403,
  'last-admin': 409,
  'decided-already': 409,
  'covers-needed': 409,
  'brake-on': 403,
  unexpected: 500,
} as const satisfies Record<string, number>;

export type RefusalCode = keyof typeof REFUSALS;

/** The refusals a photo itself can earn; the worker processes answer with one of these. */
export type PhotoRefusalCode = Extract<RefusalCode, `photo-${string}`>;

/** What is wrong with one field of a form; `code` names the sentence under `field.<code>`. */
export interface FieldError {
  field: string;
  code: string;
}

interface RefusalDetails {
  fields?: FieldError[];
  /** Seconds until it makes sense to come back. */
  retryAfter?: number;
  /** More members for the problem document: public, already safe to show. */
  extra?: Record<string, unknown>;
  /** For the log only. */
  cause?: unknown;
}

/** An expected "no". Thrown anywhere, answered in one place (`web/errors.ts`). */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  readonly fields: FieldError[];
  readonly retryAfter: number | undefined;
  readonly extra: Record<string, unknown>;

  constructor(code: RefusalCode, details: RefusalDetails = {}) {
    super(code, { cause: details.cause });
    this.name = 'Refusal';
    this.code = code;
    this.status = REFUSALS[code];
    this.fields = details.fields ?? [];
    this.retryAfter = details.retryAfter;
    this.extra = details.extra ?? {};
  }
}
