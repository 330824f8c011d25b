import { randomBytes, randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { campaign } from '../campaign/campaign.ts';
import type { Locale } from '../i18n/messages.ts';
import { seal } from '../sealing.ts';
import { cityKey } from '../store/gallery.ts';
import type { ReceiptRow } from '../store/submissions.ts';
import { fieldErrors, type SubmissionForm, submissionForm } from '../submission/form.ts';
import { RECEIPT_BYTES, receiptFromBytes } from '../submission/receipt.ts';
import { type FieldError, Refusal, type RefusalCode } from '../submission/refusals.ts';
import { type Parts, readParts } from './parts.ts';
import type { IntakeTools } from './tools.ts';

/** How long a sender waits for the photo to be checked before the answer is "a little later". */
const PATIENCE_MS = 4_000;
/** Seconds after which a full line is worth another try. */
const COME_BACK = 60;
const HOUR_MS = 3_600_000;

export interface Received {
  receipt: string;
  row: ReceiptRow;
}

/**
 * Takes a submission in: cheap refusals, the body sealed to disk, the row, and only then the
 * answer. `idempotencyKey` makes a repeated request the same submission with the same receipt.
 * `typed` is filled with the fields, so that a form can show them again when they are refused.
 */
export async function receive(
  tools: IntakeTools,
  request: FastifyRequest,
  locale: Locale,
  typed: Record<string, string> = Object.create(null),
): Promise<Received> {
  if ((await tools.store.submissions.lineLength()) >= tools.lineLength) {
    throw new Refusal('line-full', { retryAfter: COME_BACK });
  }
  const id = randomUUID();
  try {
    const parts = await readParts(request, tools.photos, id, typed);
    const form = readForm(tools, parts);
    const key = request.headers['idempotency-key'] ?? parts.fields.idempotencyKey;
    return await store(tools, id, form, parts, readKey(key), locale);
  } catch (error) {
    await tools.photos.erase(id);
    throw error;
  }
}

/** Throws `form-invalid` with every wrong field at once, the photo included. */
function readForm(tools: IntakeTools, { fields, photoDigest }: Parts): SubmissionForm {
  const parsed = submissionForm.safeParse(fields);
  const errors: FieldError[] = parsed.error ? fieldErrors(parsed.error) : [];
  const unknown = fields.embassy && !tools.embassies.has(fields.embassy);
  if (unknown) errors.push({ field: 'embassy', code: 'embassy-unknown' });
  if (!photoDigest) errors.push({ field: 'photo', code: 'required' });
  if (!parsed.data || errors.length > 0) throw new Refusal('form-invalid', { fields: errors });
  return parsed.data;
}

/** Keys must be hard to guess: who knows the key and the content is given the receipt. */
function readKey(key: unknown): string | null {
  if (key === undefined || key === '') return null;
  if (typeof key === 'string' && /^[\x21-\x7e]{16,255}$/.test(key)) return key;
  throw new Refusal('idempotency-key-invalid');
}

async function store(
  tools: IntakeTools,
  id: string,
  form: SubmissionForm,
  { fields, photoDigest }: Parts,
  key: string | null,
  locale: Locale,
): Promise<Received> {
  const { keys, embassies } = tools;
  const { idempotencyKey: _, ...content } = fields;
  const receipt = makeReceipt(tools, key, [JSON.stringify(content), photoDigest]);
  const idempotencyHash = key && keys.digest('idempotency', key).toString('base64url');
  const now = tools.now();
  const settled = tools.bell.whenSettled(id, PATIENCE_MS);
  const isNew = await tools.store.submissions.receive(
    {
      id,
      embassySlug: form.embassy,
      city: form.city,
      exposure: form.exposure,
      participant: form.participant,
      name: form.name ?? null,
      message: form.message ?? null,
      locale,
      consent: `${campaign.consentVersion}/${locale}`,
      covers: form.covers,
      receivedAt: new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS),
      receiptHash: hashReceipt(tools, receipt),
      idempotencyHash,
      sourceHash: photoDigest && keys.digest('sources', photoDigest).toString('base64url'),
      country: embassies.get(form.embassy)?.country ?? '',
      cityKey: cityKey(form.city),
    },
    form.email ? seal(keys.key('contacts'), id, Buffer.from(form.email)) : null,
    now,
  );
  if (isNew) {
    tools.bell.ring();
    await settled;
  } else await tools.photos.erase(id);
  return { receipt, row: await findOwn(tools, receipt, isNew) };
}

/**
 * 130 random bits; under an idempotency key 130 bits made of key and content, so that a repeated
 * request is given the same receipt although only its digest is stored.
 */
function makeReceipt(tools: IntakeTools, key: string | null, content: (string | Buffer | null)[]) {
  if (!key) return receiptFromBytes(randomBytes(RECEIPT_BYTES));
  const parts = [key, ...content].map((part) => tools.keys.digest('receipt-from-key', part ?? ''));
  const digest = tools.keys.digest('receipt-from-key', Buffer.concat(parts));
  return receiptFromBytes(digest.subarray(0, RECEIPT_BYTES));
}

/** The submission as it stands now. A used key with other content has another receipt: refused. */
async function findOwn(tools: IntakeTools, receipt: string, isNew: boolean): Promise<ReceiptRow> {
  const row = await tools.store.submissions.byReceipt(hashReceipt(tools, receipt));
  if (!row) throw new Refusal(isNew ? 'unexpected' : 'idempotency-key-reused');
  if (row.state === 'refused') throw new Refusal(row.reason as RefusalCode);
  return row;
}

export function hashReceipt({ keys }: IntakeTools, receipt: string): string {
  return keys.digest('receipts', receipt).toString('base64url');
}
