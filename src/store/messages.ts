import { randomUUID } from 'node:crypto';
import type { Keys } from '../keys.ts';
import { seal, unseal } from '../sealing.ts';
import type { RejectionReason } from '../submission/states.ts';
import type { Transaction } from './database.ts';
import type { Moderator } from './generated/client.ts';
import type { SubmissionRow } from './rows.ts';

/** What a decision mail says to the supporter. */
export interface DecisionFacts {
  outcome: 'approved' | 'counted' | 'rejected' | 'refused';
  reason?: RejectionReason;
  reply?: string | undefined;
}

/** What only a message knows; sealed in its row and gone once it is sent. */
export type Payload =
  | { kind: 'digest' }
  | { kind: 'sign-in'; token: string; locale?: string | undefined }
  | ({ kind: 'decision'; address: string; locale: string } & DecisionFacts);

/**
 * Announces waiting photos to every moderator, in the transaction that made one wait. One digest
 * is pending per moderator; it is due at once after a quiet time, else when the window is over,
 * and says whatever waits when it is sent. With a window of 0 each photo has a mail of its own.
 */
export async function announce(tx: Transaction, now: Date, digestMinutes: number): Promise<void> {
  const moderators = await tx.moderator.findMany({ where: { removedAt: null } });
  for (const moderator of moderators) await announceTo(tx, moderator, now, digestMinutes);
}

/** Announces what waits to one moderator. */
export async function announceTo(
  tx: Transaction,
  { id: moderatorId, digestAt }: Moderator,
  now: Date,
  digestMinutes: number,
): Promise<void> {
  const windowEnds = (digestAt?.getTime() ?? 0) + digestMinutes * 60_000;
  const dueAt = new Date(Math.max(now.getTime(), windowEnds));
  const id = randomUUID();
  const pendingKey = digestMinutes === 0 ? id : moderatorId;
  await tx.outboxMessage.upsert({
    where: { pendingKey },
    create: { id, kind: 'digest', moderatorId, pendingKey, createdAt: now, dueAt },
    update: { reasons: { increment: 1 } },
  });
}

/** Queues the mail that tells a supporter what became of the photo, if there is an address. */
export async function queueDecision(
  tx: Transaction,
  keys: Keys,
  submission: SubmissionRow,
  now: Date,
  facts: DecisionFacts,
): Promise<void> {
  const submissionId = submission.id;
  const contact = await tx.contact.findUnique({ where: { submissionId } });
  if (!contact) return;
  const sealed = Buffer.from(contact.address);
  const address = unseal(keys.key('contacts'), submissionId, sealed).toString();
  const payload = { kind: 'decision', address, locale: submission.locale, ...facts } as const;
  await queueMessage(tx, keys, payload, now, { submissionId });
}

/** Queues a message due at once; what only it knows is sealed into its row. */
export async function queueMessage(
  tx: Transaction,
  keys: Keys,
  payload: Payload,
  now: Date,
  rest: { moderatorId?: string; submissionId?: string; expiresAt?: Date },
): Promise<void> {
  const id = randomUUID();
  const sealed = seal(keys.key('outbox'), id, Buffer.from(JSON.stringify(payload)));
  await tx.outboxMessage.create({
    data: {
      id,
      kind: payload.kind,
      payload: new Uint8Array(sealed),
      createdAt: now,
      dueAt: now,
      ...rest,
    },
  });
}
