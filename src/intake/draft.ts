import type { Keys } from '../keys.ts';
import { readCursor, writeCursor } from '../web/cursor.ts';
import type { IntakeTools } from './tools.ts';

/** Shorter than what the sweep leaves a file without a row. */
export const DRAFT_MS = 60 * 60_000;

/** A photo that was sent with a form that had to be refused: sealed on the disk, without a row. */
export interface Draft {
  id: string;
  photoDigest: Buffer;
}

/** Writes a draft as a signed text for the form, so that only who sent the photo can send it again. */
export function writeDraft(keys: Keys, { id, photoDigest }: Draft, now: Date): string {
  const digest = photoDigest.toString('base64url');
  return writeCursor(keys, 'draft', { id, digest, expiresAt: now.getTime() + DRAFT_MS });
}

/** The draft of a form. Null when there is none, it is too old, or its file is gone. */
export async function readDraft(
  tools: IntakeTools,
  text: string | undefined,
): Promise<Draft | null> {
  if (!text) return null;
  const { id, digest, expiresAt } = readCursor<{ id: string; digest: string; expiresAt: number }>(
    tools.keys,
    'draft',
    text,
  );
  const draft = { id, photoDigest: Buffer.from(digest, 'base64url') };
  if (expiresAt < tools.now().getTime()) return null;
  const used = await tools.store.submissions.byId(id);
  return used || (await tools.photos.has(id, 'original')) ? draft : null;
}
