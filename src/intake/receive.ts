import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { campaign } from '../campaign/campaign.ts';
import type { Locale } from '../i18n/messages.ts';
import { seal } from '../sealing.ts';
import { hourOf } from '../store/day.ts';
import { cityKey } from '../store/gallery.ts';
import type { ReceiptRow } from '../store/submissions.ts';
import { isOver } from '../submission/campaign-end.ts';
import { Refusal, type RefusalCode } from '../submission/refusals.ts';
import { type Content, readContent, readKey } from './content.ts';
import { DRAFT_MS, type Draft, readDraft, writeDraft } from './draft.ts';
import { proofNeeded } from './gate.ts';
import { hashReceipt, makeReceipt } from './make-receipt.ts';
import { readParts } from './parts.ts';
import type { IntakeTools } from './tools.ts';

/** What a form is refused for whose photo is kept to be sent again. */
const KEPT_FOR: ReadonlySet<RefusalCode> = new Set(['form-invalid', 'wait-needed']);
/** How long a sender waits for the photo to be checked before the answer is "a little later". */
const PATIENCE_MS = 4_000;
const MEGABYTE = 1_000_000;
/** Seconds; somebody has to make room first. */
const FULL_RETRY = 600;

export interface Received {
  receipt: string;
  row: ReceiptRow;
}

interface FormOptions {
  /** Filled with the fields, so that a form can show them again when they are refused. */
  typed?: Record<string, string>;
  /** Keeps the photo of a refused form for a while and puts its draft into `typed.draft`. */
  keepDraft?: boolean;
}

/**
 * Takes a submission in: cheap refusals, the body sealed to disk, the row, and only then the
 * answer. An idempotency key makes a repeated request the same submission with the same receipt.
 */
export async function receive(
  tools: IntakeTools,
  request: FastifyRequest,
  locale: Locale,
  { typed = Object.create(null), keepDraft = false }: FormOptions = {},
): Promise<Received> {
  refuseWhenOver(tools);
  // Everybody may come at once.
  await new Promise<void>(tools.takeTurn);
  await refuseWhenFull(tools);
  const open = await tools.gate.isOpenTo(request);
  // A form is read all the same: nothing of it is to be typed twice.
  if (!open && !keepDraft) throw proofNeeded();
  const leave = await tools.admit();
  tools.gate.enters(request);
  const sent = randomUUID();
  let photo: Draft | null = null;
  let needed = false;
  try {
    await tools.arriving.announce(sent);
    const photoDigest = await readParts(request, tools, sent, typed);
    photo = photoDigest ? { id: sent, photoDigest } : await readDraft(tools, typed.draft);
    const key = readKey(request.headers['idempotency-key'] ?? typed.idempotencyKey);
    const content = readContent(tools, typed, photo);
    if (!open) tools.tickets.use(typed.ticket);
    const receipt = makeReceipt(tools, key, content);
    const settled = tools.bell.whenSettled(content.photo.id, PATIENCE_MS);
    const isNew = await insert(tools, content, key, receipt, locale);
    needed = isNew && content.photo.id === sent;
    leave();
    tools.bell.ring();
    if (isNew) await settled;
    return { receipt, row: await findOwn(tools, receipt, isNew) };
  } catch (error) {
    const mayKeep = error instanceof Refusal && KEPT_FOR.has(error.code) && tools.gate.mayKeep();
    if (keepDraft && photo && mayKeep) {
      typed.draft = writeDraft(tools.keys, photo, tools.now());
      await tools.arriving.keep(photo.id, DRAFT_MS);
      needed = true;
    }
    throw error;
  } finally {
    leave();
    tools.arriving.leave(sent);
    // What a store in trouble keeps of it belongs to no row, and goes with the next sweeps.
    if (!needed) await eraseUpload(tools, sent).catch(() => undefined);
  }
}

async function eraseUpload({ photos, store }: IntakeTools, id: string): Promise<void> {
  await photos.erase(id);
  await store.arrivals.end(id);
}

/** Throws `campaign-over` after the last day. */
export function refuseWhenOver({ config, now }: IntakeTools): void {
  if (isOver(config.campaignEnd, now())) throw new Refusal('campaign-over');
}

/** Photos leave room for what must go on: withdrawals and decisions. Throws `storage-full`. */
async function refuseWhenFull({ config, photos }: IntakeTools): Promise<void> {
  const free = await photos.freeBytes();
  if (free >= config.diskReserveMb * MEGABYTE) return;
  throw new Refusal('storage-full', { retryAfter: FULL_RETRY });
}

/** False when the key, or the draft, was used before. */
async function insert(
  tools: IntakeTools,
  { form, photo }: Content,
  key: string | null,
  receipt: string,
  locale: Locale,
): Promise<boolean> {
  const { keys, embassies } = tools;
  const now = tools.now();
  return tools.store.submissions.receive(
    {
      id: photo.id,
      embassySlug: form.embassy,
      city: form.city,
      exposure: form.exposure,
      participant: form.participant,
      name: form.name ?? null,
      message: form.message ?? null,
      locale,
      consent: `${campaign.consentVersion}/${locale}`,
      covers: form.covers,
      receivedAt: hourOf(now),
      receiptHash: hashReceipt(tools, receipt),
      idempotencyHash: key && keys.digest('idempotency', key).toString('base64url'),
      sourceHash: keys.digest('sources', photo.photoDigest).toString('base64url'),
      country: embassies.get(form.embassy)?.country ?? '',
      cityKey: cityKey(form.city),
    },
    form.email ? seal(keys.key('contacts'), photo.id, Buffer.from(form.email)) : null,
    now,
  );
}

/** The submission as it stands now. A used key with other content has another receipt: refused. */
async function findOwn(tools: IntakeTools, receipt: string, isNew: boolean): Promise<ReceiptRow> {
  const row = await tools.store.submissions.byReceipt(hashReceipt(tools, receipt));
  if (!row) throw new Refusal(isNew ? 'unexpected' : 'idempotency-key-reused');
  if (row.state === 'refused') throw new Refusal(row.reason as RefusalCode);
  return row;
}
