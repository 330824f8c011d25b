import { z } from 'zod';
import type { DecisionOrder } from '../store/decisions.ts';
import { REJECTION_REASONS } from '../submission/states.ts';
import { typedText } from '../submission/text.ts';

const version = z.coerce.number().int().min(1);
const words = typedText({ maxGraphemes: 500, maxBytes: 4000, lines: true });
/** An empty field of a form is a field left out. */
const optionalWords = words.transform((text) => text || undefined).optional();

/** JSON says true, a ticked box says "yes". */
const seen = z.union([z.boolean(), z.literal('yes').transform(() => true)]).default(false);
const criteria = z.object({ flag: seen, slogan: seen, embassy: seen }).meta({ id: 'Criteria' });

const rejection = {
  version,
  reason: z.enum(REJECTION_REASONS),
  note: optionalWords.meta({ description: 'To colleagues.' }),
  reply: optionalWords.meta({ description: 'To the supporter.' }),
};

export const approvalBody = z.object({
  version,
  criteria,
  facesCovered: seen.meta({ description: 'Needed for photos to be shown with faces covered.' }),
});
export const rejectionBody = z.object(rejection);
export const reopeningBody = z.object({ version });

const id = z.uuid();
export const decisionsBody = z.object({
  decisions: z
    .array(
      z.discriminatedUnion('decision', [
        approvalBody.extend({ id, decision: z.literal('approval') }),
        rejectionBody.extend({ id, decision: z.literal('rejection') }),
        reopeningBody.extend({ id, decision: z.literal('reopening') }),
      ]),
    )
    .min(1)
    .max(100),
});

type Approval = z.output<typeof approvalBody>;
type Rejection = z.output<typeof rejectionBody>;
type Reopening = z.output<typeof reopeningBody>;

/** What a moderator asked for, as an order to the store. */
export type Asked =
  | (Approval & { decision: 'approval' })
  | (Rejection & { decision: 'rejection' })
  | (Reopening & { decision: 'reopening' });

export function orderOf(asked: Asked, submissionId: string, moderatorId: string): DecisionOrder {
  const order = { id: submissionId, version: asked.version, moderatorId };
  switch (asked.decision) {
    case 'approval': {
      const { criteria: seenIn, facesCovered } = asked;
      return { ...order, decision: 'approved', criteria: seenIn, facesCovered };
    }
    case 'rejection': {
      const { reason, note, reply } = asked;
      return {
        ...order,
        decision: 'rejected',
        reason,
        ...(note && { note }),
        ...(reply && { reply }),
      };
    }
    case 'reopening':
      return { ...order, decision: 'reopened' };
  }
}
