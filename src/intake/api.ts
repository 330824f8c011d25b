import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Say } from '../i18n/say.ts';
import type { ReceiptRow } from '../store/submissions.ts';
import { EXPOSURES } from '../submission/exposure.ts';
import { TRACES } from '../submission/photo.ts';
import { groupReceipt } from '../submission/receipt.ts';
import { Refusal } from '../submission/refusals.ts';
import { STATES } from '../submission/states.ts';
import { sayFor } from '../web/request.ts';
import { checkSchema, checkView } from '../web/schemas.ts';
import { findByReceipt, lowerExposure, withdraw } from './receipt.ts';
import { receive } from './receive.ts';
import type { IntakeTools } from './tools.ts';

const statusShape = {
  id: z.uuid(),
  state: z.enum(STATES),
  embassy: z.string().meta({ description: 'Slug of the embassy.' }),
  city: z.string(),
  exposure: z.enum(EXPOSURES),
  photo: z
    .object({
      width: z.number().int(),
      height: z.number().int(),
      removed: z.array(z.enum(TRACES)),
    })
    .optional(),
  checks: z.array(checkSchema).optional(),
};

export const receivedSchema = z
  .object({ ...statusShape, receipt: z.string() })
  .meta({ id: 'Received', description: 'The receipt is shown this once.' });

export const statusSchema = z
  .object({ ...statusShape, reason: z.string().optional(), reply: z.string().optional() })
  .meta({ id: 'ReceiptStatus' });

export const exposureBody = z.object({ exposure: z.enum(EXPOSURES) });

/** The supporters' calls of the contract. */
export function intakeApi(tools: IntakeTools) {
  return {
    async submit(request: FastifyRequest, reply: FastifyReply) {
      const say = sayFor(request);
      const { receipt, row } = await receive(tools, request, say.locale);
      reply.code(row.state === 'received' ? 202 : 201);
      return { receipt: groupReceipt(receipt), ...viewStatus(row, say) };
    },

    challenge: (request: FastifyRequest) => tools.gate.challenge(request),

    async status(request: FastifyRequest) {
      return viewStatus(await findByReceipt(tools, bearer(request)), sayFor(request));
    },

    async lower(request: FastifyRequest) {
      const { exposure } = request.body as z.output<typeof exposureBody>;
      return viewStatus(await lowerExposure(tools, bearer(request), exposure), sayFor(request));
    },

    async withdraw(request: FastifyRequest, reply: FastifyReply) {
      await withdraw(tools, bearer(request));
      return reply.code(204).send();
    },
  };
}

function bearer(request: FastifyRequest): string {
  const [scheme, receipt] = (request.headers.authorization ?? '').split(/\s+(.*)/s);
  if (scheme?.toLowerCase() !== 'bearer' || !receipt) throw new Refusal('receipt-unknown');
  return receipt;
}

/** What a supporter is told: everything about the own photo, nothing about anybody else's. */
function viewStatus(row: ReceiptRow, say: Say): z.input<typeof statusSchema> {
  const { id, state, city, exposure, facts, checks, reason, reply } = row;
  return {
    id,
    state,
    embassy: row.embassySlug,
    city,
    exposure,
    ...(facts && { photo: { width: facts.width, height: facts.height, removed: facts.removed } }),
    ...(checks && { checks: ownChecks(row).map((check) => checkView(check, say)) }),
    ...(reason && { reason }),
    ...(reply && { reply }),
  };
}

/** Whether the same photo came before would tell about somebody else's. */
export function ownChecks({ checks }: ReceiptRow) {
  return (checks ?? []).filter((check) => check.code !== 'repeat');
}
