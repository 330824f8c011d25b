import { randomUUID } from 'node:crypto';
import type { Keys } from '../keys.ts';
import { seal, unseal } from '../sealing.ts';
import type { PhotoRefusalCode } from '../submission/refusals.ts';
import type { RejectionReason } from '../submission/states.ts';
import type { Transaction } from './database.ts';
import { hourOf } from './day.ts';
import type { SubmissionRow } from './rows.ts';

/** What a decision mail says to the supporter. */
export interface DecisionFacts {
  outcome: 'approved' | 'counted' | 'rejected' | 'refused';
  reason?: RejectionReason;
  fault?: PhotoRefusalCode;
  reply?: string | undefined;
}

/** What somebody who looks after the service has to know. Holds ids of colleagues, no supporter's data. */
export type Alarm =
  /** Moderators whose mails do not arrive, and how many mails to supporters do not. */
  | { about: 'mail'; moderators: string[]; supporters: number }
  | { about: 'age'; hours: number }
  | { about: 'disk'; megabytes: number }
  | { about: 'line'; waiting: number; room: number }
  | { about: 'brake'; moderatorId: string }
  /** A site that could not be told of changes for days. */
  | { about: 'webhook'; host: string };

/** What only a message knows; sealed in its row and gone once it is sent. */
export type Payload =
  | { kind: 'digest' }
  | { kind: 'alarm'; alarm: Alarm }
  | { kind: 'sign-in'; token: string; locale?: string | undefined }
  | { kind: 'invitation'; locale: string }
  | ({ kind: 'decision'; address: string; locale: string } & DecisionFacts);

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
  // Mail about a photo may be as old as the photo, whose time is known to the hour only.
  const time = rest.submissionId ? hourOf(now) : now;
  const sealed = seal(keys.key('outbox'), id, Buffer.from(JSON.stringify(payload)));
  await tx.outboxMessage.create({
    data: {
      id,
      kind: payload.kind,
      payload: new Uint8Array(sealed),
      createdAt: time,
      dueAt: time,
      ...rest,
    },
  });
}
