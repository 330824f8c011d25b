import type { Holding } from '../store/housekeeping.ts';
import type { Photos, StoredFiles } from '../store/photos.ts';
import type { Store } from '../store/store.ts';

const BATCH = 500;
const NOTHING = { sealed: [], published: [] };

type Look = [store: Store, photos: Photos, now: Date, isOver?: boolean];

/**
 * Compares files and rows both ways. A row whose task is due is under way and left alone.
 * `isOver`: the time is over for which masters of public photos are kept.
 */
export async function compareFiles(...look: Look) {
  const first = await compareOnce(...look);
  if (first.bad.length === 0) return first;
  // Of a service at work a row may be newer than the list of its files: what is wrong stays so.
  const { bad, mind } = await compareOnce(...look);
  const before = new Set(first.bad);
  return { bad: bad.filter((finding) => before.has(finding)), mind };
}

async function compareOnce(...[{ housekeeping }, photos, now, isOver = false]: Look) {
  const files = new Map<string, StoredFiles>();
  for await (const each of photos.inventory()) files.set(each.id, each);
  const bad: string[] = [];
  for (let last = ''; ; ) {
    const rows = await housekeeping.after(last, BATCH);
    for (const row of rows) {
      if (!row.task || (row.dueAt && row.dueAt > now))
        bad.push(...judge(row, files.get(row.id) ?? { id: row.id, ...NOTHING }, isOver));
      files.delete(row.id);
    }
    if (rows.length < BATCH) break;
    last = rows.at(-1)?.id ?? '';
  }
  const mind = [...files.keys()].map(
    (id) => `Files of ${id} have no row: an upload under way, or the next sweep removes them.`,
  );
  return { bad, mind };
}

/** What a submission has too many or too few of. */
function judge(row: Holding, files: StoredFiles, isOver: boolean): string[] {
  const { id, sealed, published } = files;
  const clean = isOver && row.pictureMonth ? '1920' : 'master';
  const main = row.state === 'received' ? 'original' : clean;
  const wanted = row.pictureMonth ? (row.renditions ?? []).map(({ file }) => file) : [];
  const missing = wanted.filter((file) => !published.includes(file));
  return [
    ...(row.held && !sealed.includes(main) ? [`The sealed photo of ${id} is missing.`] : []),
    ...(!row.held && sealed.length > 0 ? [`${id} is not held any more and has sealed files.`] : []),
    ...(missing.length > 0 ? [`${id} is public and lacks ${missing.join(', ')}.`] : []),
    ...(!row.pictureMonth && published.length > 0
      ? [`${id} is not public and has open files.`]
      : []),
  ];
}
