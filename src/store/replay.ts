import { change, nextTask, UNPUBLISHED } from './change.ts';
import type { Database } from './database.ts';
import { FREE } from './lease.ts';
import { asRow } from './rows.ts';
import type { Store } from './store.ts';
import type { TakenBack } from './taken-back.ts';

/** What was done to the photos of a backup because of what happened after it. */
export interface Replayed {
  /** Their files must not come back. */
  gone: Set<string>;
  /** Their public files must not. */
  hidden: Set<string>;
  photos: number;
  /** How many of them the backup did not know to be withdrawn. */
  withdrawn: number;
}

const BATCH = 500;

/**
 * Brings a restored database up to what became less since: withdrawn photos are withdrawn again,
 * exposures lowered again, and what people took from the public waits for them once more. Nobody
 * is signed in, and nothing is under way.
 */
export async function replay(
  database: Database,
  store: Store,
  takenBack: TakenBack,
  now: Date,
): Promise<Replayed> {
  const { read, write } = database;
  await write(async (tx) => {
    await tx.session.deleteMany();
    await tx.signInToken.deleteMany();
    await tx.challenge.deleteMany();
    await tx.submission.updateMany({ where: { leaseToken: { not: null } }, data: FREE });
  });
  const done: Replayed = { gone: new Set(), hidden: new Set(), photos: 0, withdrawn: 0 };
  for (let last = ''; ; ) {
    const where = { id: { gt: last } };
    const rows = await read.submission.findMany({ where, orderBy: { id: 'asc' }, take: BATCH });
    for (const row of rows) await replayOne(row);
    done.photos += rows.length;
    if (rows.length < BATCH) return done;
    last = rows.at(-1)?.id ?? '';
  }

  async function replayOne({ id, state }: { id: string; state: string }): Promise<void> {
    const takings = takenBack.of(id);
    if (takings.size === 0) return;
    done.hidden.add(id);
    if (takings.has('withdrawn')) {
      done.gone.add(id);
      if (state !== 'withdrawn') done.withdrawn += 1;
      return store.submissions.withdraw(id, now);
    }
    for (const exposure of ['counted', 'covered'] as const) {
      if (takings.has(exposure)) await store.submissions.lowerExposure(id, exposure, now);
    }
    if (takings.has('hidden')) await hide(id);
  }

  function hide(id: string): Promise<void> {
    return write(async (tx) => {
      const row = asRow(await tx.submission.findUniqueOrThrow({ where: { id } }));
      if (row.state !== 'approved' || row.exposure === 'counted') return;
      const waiting = { state: 'waiting', version: row.version + 1, decidedBy: null } as const;
      await change(tx, row, { ...waiting, ...UNPUBLISHED, ...nextTask('retract', now) });
    });
  }
}
