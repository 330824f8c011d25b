import type { Holding } from '../store/housekeeping.ts';
import type { StoredFiles } from '../store/photos.ts';
import { suspect } from './arrivals.ts';
import { takeInventory } from './inventory.ts';
import { endUnpublished, isMasterSpent, isPastKeeping } from './retention.ts';
import type { Tools } from './tools.ts';

/** An upload that is being written is younger than this. */
const UPLOAD_MS = 60 * 60_000;

/** Ids that had files and no row at the last sweep: an upload's row may still be on its way. */
export type Suspects = ReadonlySet<string>;

/** All that is to be swept: files, then rows that have reached their date. */
export async function sweep(tools: Tools, atStart: boolean, before: Suspects): Promise<Suspects> {
  const suspects = await sweepFiles(tools, atStart, before);
  await eraseExpired(tools);
  return suspects;
}

/** Erases rows that have reached their date. */
export async function eraseExpired({ store, config, log, now }: Tools): Promise<void> {
  if (!config.purgeUrl) await store.purges.discard();
  const erased = await store.housekeeping.eraseExpired(now());
  log.info({ erased }, 'swept');
}

/**
 * Brings files and rows into agreement: removes half-written files, files of no submission, and
 * parts a submission's state does not allow.
 * At a start nothing is under way, so everything without a row goes at once; later only what
 * was without a row at the sweep before, or, with several processes, what nobody speaks for.
 */
export async function sweepFiles(
  tools: Tools,
  atStart: boolean,
  before: Suspects,
): Promise<Suspects> {
  await endUnpublished(tools);
  if (atStart) await listWithdrawn(tools);
  await tools.photos.removeUnfinished(atStart ? 0 : UPLOAD_MS);
  const suspects = new Set<string>();
  for await (const { files, holding } of takeInventory(tools)) {
    if (holding) await trim(tools, files, holding);
    else if (atStart || before.has(files.id)) await tools.photos.erase(files.id);
    else if (tools.database.shared) await suspect(tools, files.id);
    else suspects.add(files.id);
  }
  return suspects;
}

/** The list of what was taken back is there, and whole, whatever happened to it. */
async function listWithdrawn({ store, takenBack }: Tools): Promise<void> {
  if (takenBack.size === null) await takenBack.keep();
  for (const id of await store.housekeeping.withdrawn()) await takenBack.add(id, 'withdrawn');
}

/** Rows with a task are left to it, but for the original: only cleaning has a use for that. */
async function trim(tools: Tools, files: StoredFiles, holding: Holding): Promise<void> {
  const { photos } = tools;
  const { id } = files;
  const cleaned = holding.state !== 'received';
  if (cleaned && files.sealed.includes('original')) await photos.remove(id, 'original');
  if (holding.task) return;
  if (!holding.held) await photos.erase(id);
  else if (isPastKeeping(tools) && isMasterSpent(holding)) await photos.remove(id, 'master');
  else if (!holding.pictureMonth && files.published.length > 0) await photos.retract(id);
}
