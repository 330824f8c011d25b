import { z } from 'zod';
import type { Say } from '../i18n/say.ts';
import { checkSentence } from '../i18n/sentences.ts';
import { CHECKS, type Check } from '../submission/photo.ts';

/** RFC 9457; what every refusal looks like to a program. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    errors: z
      .array(z.object({ field: z.string(), code: z.string(), message: z.string() }))
      .optional(),
  })
  .meta({ id: 'Problem', description: 'Problem details (RFC 9457); `code` is stable.' });

export const checkSchema = z
  .object({
    code: z.enum(CHECKS),
    outcome: z.enum(['pass', 'warn']),
    detail: z.string(),
  })
  .meta({ id: 'Check', description: 'What the machine noticed: a hint to people, not a verdict.' });

/** A stored check as the contract has it, in the reader's language. */
export function checkView(check: Check, say: Say): z.output<typeof checkSchema> {
  return { code: check.code, outcome: check.outcome, detail: checkSentence(say, check) };
}

/** Page size and place of every list. */
export const listQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(24),
  cursor: z.string().max(500).optional(),
});

export const embassySchema = z
  .object({ slug: z.string(), name: z.string(), city: z.string(), country: z.string() })
  .meta({ id: 'EmbassyReference' });
