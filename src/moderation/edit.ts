import { z } from 'zod';
import { Refusal } from '../submission/refusals.ts';
import { typedText } from '../submission/text.ts';
import { describe } from './decide.ts';
import type { ModerationTools } from './tools.ts';

const ticked = z.union([z.boolean(), z.literal('yes').transform(() => true)]).optional();
const shortText = typedText({ maxGraphemes: 80, maxBytes: 400 });

/** What the public reads, corrected. An empty city is no correction; an empty alt text is made anew. */
export const editBody = z.object({
  version: z.coerce.number().int().min(1),
  place: z.string().max(100).optional().meta({ description: 'Slug of the embassy.' }),
  city: shortText.optional(),
  alt: typedText({ maxGraphemes: 500, maxBytes: 4000 }).optional(),
  hideName: ticked,
  hideMessage: ticked,
});

/** Corrects what the public reads. Refuses with `not-found`, `decided-already`, `not-possible-now`. */
export async function edit(
  tools: ModerationTools,
  id: string,
  moderatorId: string,
  { place, ...rest }: z.output<typeof editBody>,
) {
  const order = { id, moderatorId, embassy: place, ...rest };
  const outcome = await tools.store.edits.edit(order, tools.now());
  switch (outcome.kind) {
    case 'done':
      return outcome.row;
    case 'unknown':
      throw new Refusal('not-found');
    case 'no-embassy':
      throw new Refusal('form-invalid', { fields: [{ field: 'place', code: 'embassy-unknown' }] });
    default: {
      const code = outcome.kind === 'stale' ? 'decided-already' : 'not-possible-now';
      throw new Refusal(code, { extra: { current: await describe(tools, outcome.row) } });
    }
  }
}
