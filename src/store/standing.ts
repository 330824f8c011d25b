import { type Transaction, touchPublic } from './database.ts';
import type { Submission } from './generated/client.ts';

/** How a submission counts in public: as a picture, as a number, or not at all. */
type Standing = 'shown' | 'counted' | null;

type Counted = Pick<
  Submission,
  'state' | 'exposure' | 'pictureMonth' | 'embassySlug' | 'country' | 'cityKey' | 'participant'
>;

function standing(row: Counted): Standing {
  if (row.pictureMonth) return 'shown';
  return row.state === 'approved' && row.exposure === 'counted' ? 'counted' : null;
}

/**
 * Keeps the tallies in step when a submission changes from `before` to `after`: every change of
 * a row that may count goes through here, in its own transaction.
 */
export async function moveTally(tx: Transaction, before: Counted, after: Counted): Promise<void> {
  const [was, is] = [standing(before), standing(after)];
  if (was === is && before.embassySlug === after.embassySlug && before.cityKey === after.cityKey) {
    return;
  }
  touchPublic(tx);
  await addToTally(tx, before, was, -1);
  await addToTally(tx, after, is, 1);
}

async function addToTally(tx: Transaction, row: Counted, as: Standing, by: 1 | -1): Promise<void> {
  if (!as) return;
  const key = {
    embassySlug: row.embassySlug,
    cityKey: row.cityKey,
    participant: row.participant,
  };
  await tx.tally.upsert({
    where: { embassySlug_cityKey_participant: key },
    create: { ...key, country: row.country, [as]: by },
    update: { [as]: { increment: by } },
  });
}
