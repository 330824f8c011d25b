import type { Keys } from '../keys.ts';
import type { Area } from '../submission/areas.ts';
import type { KeptFacts } from '../submission/photo.ts';
import { mayHide } from './brake.ts';
import { type Change, change, nextTask, UNPUBLISHED } from './change.ts';
import type { Database } from './database.ts';
import type { DecisionOutcome } from './decisions.ts';
import { type Job, SETTLED } from './jobs.ts';
import { record } from './log.ts';
import { asJson, asRow, type SubmissionRow } from './rows.ts';

export interface CoverOrder {
  id: string;
  version: number;
  moderatorId: string;
  /** To be painted in addition to what is covered already. */
  areas: Area[];
}

export type CoverOutcome = Exclude<DecisionOutcome, { kind: 'covers-needed' }>;

/** Painting areas over a photo that moderators or the world see already. */
export interface Covers {
  /** Orders it. What is public is hidden in the same transaction, until it is painted. */
  order(order: CoverOrder, now: Date): Promise<CoverOutcome>;
  /**
   * All areas are painted into all sealed pictures; an approved photo is published again next.
   * False when somebody changed the row meanwhile.
   */
  finish(job: Job, facts: KeptFacts, now: Date): Promise<boolean>;
}

export function openCovers({ write }: Database, keys: Keys, brakePhotos: number): Covers {
  return {
    order: ({ id, version, moderatorId, areas }, now) =>
      write(async (tx) => {
        const found = await tx.submission.findUnique({ where: { id } });
        if (!found) return { kind: 'unknown' };
        const before = asRow(found);
        if (before.version !== version) return { kind: 'stale', row: before };
        if (!mayBeCovered(before)) return { kind: 'impossible', row: before };
        if (!(await mayHide(tx, keys, brakePhotos, moderatorId, now))) {
          return { kind: 'braked', row: before };
        }
        const values = valuesOf(before, areas, now);
        if (!(await change(tx, before, values))) return { kind: 'stale', row: before };
        const deed = { moderatorId, submissionId: id, note: String(areas.length) };
        await record(tx, keys, now, { ...deed, decision: 'covered' });
        const after = await tx.submission.findUniqueOrThrow({ where: { id } });
        return { kind: 'done', row: asRow(after) };
      }),

    finish: ({ row, lease }, facts, now) =>
      write((tx) => {
        const next = row.state === 'approved' ? nextTask('publish', now) : {};
        return change(tx, row, { ...SETTLED, ...next, facts: asJson(facts) }, lease);
      }),
  };
}

/** An approved photo that only counts is never seen again, and its erasure is under way. */
function mayBeCovered({ state, held, exposure }: SubmissionRow): boolean {
  return held && (state === 'waiting' || (state === 'approved' && exposure !== 'counted'));
}

function valuesOf(before: SubmissionRow, areas: Area[], now: Date): Change {
  return {
    version: before.version + 1,
    covers: [...before.covers, ...areas].map(asJson),
    ...nextTask('cover', now),
    ...(before.state === 'approved' && UNPUBLISHED),
  };
}
