import { z } from 'zod';
import type { CoverOrder } from '../store/covers.ts';
import type { SubmissionRow } from '../store/rows.ts';
import { areasText, paintedSchema } from '../submission/areas.ts';
import { Refusal } from '../submission/refusals.ts';
import { accepted, PATIENCE_MS } from './decide.ts';
import type { ModerationTools } from './tools.ts';

const version = z.coerce.number().int().min(1);
export const coversBody = z.object({ version, areas: paintedSchema });

const percent = z.coerce.number().transform((number) => number / 100);
/** One area in hundredths of the picture, from people without scripts. */
const typedArea = z.object({ x: percent, y: percent, width: percent, height: percent });

/**
 * Has areas painted over a photo for good. Answers when that is done and an approved photo public
 * again, or after a while. Refuses with `not-found`, `decided-already`, `not-possible-now`.
 */
export async function cover(tools: ModerationTools, order: CoverOrder): Promise<SubmissionRow> {
  const row = await accepted(tools, await tools.store.covers.order(order, tools.now()));
  tools.bell.ring();
  await whenPainted(tools, order.id);
  return row;
}

/** Something else of the photo may have to end first, such as an AVIF that is being encoded. */
async function whenPainted({ bell, store }: ModerationTools, id: string): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  for (let left = PATIENCE_MS; left > 0; left = end - performance.now()) {
    const settled = bell.whenSettled(id, Math.ceil(left));
    const row = await store.submissions.byId(id);
    if (row?.task !== 'cover' && row?.task !== 'publish') return;
    await settled;
  }
}

/** Reads the page's form: what was drawn, as JSON, or one area in numbers. */
export function readCovers(fields: Record<string, unknown>): z.output<typeof coversBody> {
  const areas = fields.areas ? areasText.safeParse(fields.areas) : typedArea.safeParse(fields);
  const body = coversBody.safeParse({ ...fields, areas: [areas.data ?? []].flat() });
  if (body.success) return body.data;
  const field = body.error.issues.some(({ path }) => path[0] === 'areas') ? 'areas' : 'version';
  const code = field === 'areas' ? 'areas-invalid' : 'version-needed';
  throw new Refusal('request-invalid', { fields: [{ field, code }] });
}
