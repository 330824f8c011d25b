import type { Keys } from '../keys.ts';
import { imagesOf } from '../submission/renditions.ts';
import { type Change, change, nextTask } from './change.ts';
import type { Database } from './database.ts';
import { cityKey } from './gallery.ts';
import { record } from './log.ts';
import { asJson, asRow, type SubmissionRow } from './rows.ts';

/** What a moderator corrects of what the public reads. What is left out stays as it is. */
export interface Edit {
  id: string;
  version: number;
  moderatorId: string;
  embassy?: string | undefined;
  city?: string | undefined;
  /** Empty: made of the facts again. */
  alt?: string | undefined;
  hideName?: boolean | undefined;
  hideMessage?: boolean | undefined;
}

export type EditOutcome =
  | { kind: 'done' | 'stale' | 'impossible'; row: SubmissionRow }
  | { kind: 'unknown' | 'no-embassy' };

export interface Edits {
  /** The words of before are kept nowhere: the log only says what kind of thing was corrected. */
  edit(edit: Edit, now: Date): Promise<EditOutcome>;
}

const EDITABLE = ['waiting', 'approved'];

export function openEdits({ write }: Database, keys: Keys): Edits {
  return {
    edit: (edit, now) =>
      write(async (tx) => {
        const { id, version, moderatorId } = edit;
        const found = await tx.submission.findUnique({ where: { id } });
        if (!found) return { kind: 'unknown' };
        const before = asRow(found);
        if (before.version !== version) return { kind: 'stale', row: before };
        if (!EDITABLE.includes(before.state)) return { kind: 'impossible', row: before };
        const slug = edit.embassy ?? before.embassySlug;
        const embassy = await tx.embassy.findUnique({ where: { slug } });
        if (!embassy) return { kind: 'no-embassy' };
        const values = changedValues(edit, before, embassy.country);
        const fields = Object.keys(values).filter((key) => key !== 'country' && key !== 'cityKey');
        if (fields.length === 0) return { kind: 'done', row: before };
        const next = { ...values, ...withoutCard(values, before, now), version: version + 1 };
        if (!(await change(tx, before, next))) return { kind: 'stale', row: before };
        const reason = fields
          .map((field) => (field === 'embassySlug' ? 'embassy' : field))
          .join(' ');
        await record(tx, keys, now, { moderatorId, decision: 'edited', submissionId: id, reason });
        return { kind: 'done', row: { ...before, ...next } as SubmissionRow };
      }),
  };
}

/** A card with the words of before is shown no longer; another is made. */
function withoutCard({ city, embassySlug }: Change, before: SubmissionRow, now: Date): Change {
  const named = city !== undefined || embassySlug !== undefined;
  if (!named || !before.pictureMonth) return {};
  return {
    renditions: imagesOf(before.renditions).map(asJson),
    // Pictures that are still to be encoded lead to a card by themselves.
    ...(before.task !== 'encode' && nextTask('card', now)),
  };
}

function changedValues(edit: Edit, before: SubmissionRow, country: string): Change {
  const { embassy, city, alt, hideName, hideMessage } = edit;
  return {
    ...(embassy && embassy !== before.embassySlug && { embassySlug: embassy, country }),
    ...(city && city !== before.city && { city, cityKey: cityKey(city) }),
    ...(alt !== undefined && (alt || null) !== before.alt && { alt: alt || null }),
    ...(hideName && before.name !== null && { name: null }),
    ...(hideMessage && before.message !== null && { message: null }),
  };
}
