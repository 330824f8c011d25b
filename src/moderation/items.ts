import { embassyName } from '../campaign/embassy-name.ts';
import type { Say } from '../i18n/say.ts';
import type { DeskRow } from '../store/desk.ts';
import { needsCover } from '../submission/exposure.ts';
import type { RenditionSide } from '../submission/renditions.ts';
import type { QueueItem } from './pages/item.ts';
import type { ModerationTools } from './tools.ts';

const HOUR_MS = 3_600_000;
export const PREVIEW_SIDE = 1920;
const THUMB_SIDE = 480;

/** Submissions as moderators see them, with look-alikes and who decided. */
export async function describeRows(
  tools: ModerationTools,
  rows: DeskRow[],
  say: Say,
  readerId: string,
): Promise<QueueItem[]> {
  const ids = rows.map(({ id }) => id);
  const similar = await tools.store.desk.similar(ids);
  const decided = await tools.store.log.lastDecisions(ids);
  const claims = await tools.store.claims.of(ids, tools.now());
  const names = await tools.store.moderators.names([
    ...rows.map(({ decidedBy }) => decidedBy),
    ...[...claims.values()].map(({ moderatorId }) => moderatorId),
  ]);
  return rows.map((row) => {
    const { slug, city, country } = row.embassy;
    const entry = decided.get(row.id);
    const by = names.get(row.decidedBy ?? '') ?? '';
    const holder = row.state === 'waiting' ? claims.get(row.id)?.moderatorId : undefined;
    return {
      id: row.id,
      version: row.version,
      state: row.state,
      embassy: { slug, name: embassyName(say, row.embassy), city, country },
      city: row.city,
      exposure: row.exposure,
      participant: row.participant,
      name: row.name,
      message: row.message,
      checks: row.checks ?? [],
      similar: similar.get(row.id) ?? [],
      photo: preview(row),
      thumb: photoUrl(row, THUMB_SIDE),
      claim: holder ? { by: names.get(holder) ?? '', mine: holder === readerId } : null,
      alt: row.alt,
      needsCover: needsCover(row),
      covers: row.covers.length,
      painting: row.task === 'cover',
      waitingHours: Math.floor((tools.now().getTime() - row.receivedAt.getTime()) / HOUR_MS),
      decision: entry
        ? {
            by,
            at: entry.at.toISOString(),
            reason: row.reason,
            criteria: row.criteria,
            note: entry.note,
          }
        : null,
    };
  });
}

/**
 * Where signed-in staff see a clean picture; null when there is none. Once it is painted over it
 * has another address: a browser may show what it has of the old one, whatever the headers say.
 */
export function photoUrl(row: DeskRow, side: RenditionSide): string | null {
  const { id, facts, held, task, covers } = row;
  const painted = task === 'cover' ? 'now' : covers.length;
  return facts && held
    ? `/api/v1/moderation/submissions/${id}/photo/${side}?covers=${painted}`
    : null;
}

function preview(row: DeskRow): QueueItem['photo'] {
  const url = photoUrl(row, PREVIEW_SIDE);
  const size = row.facts?.sizes[PREVIEW_SIDE];
  return url && size ? { url, ...size } : null;
}
