import type { Holding } from '../store/housekeeping.ts';
import type { StoredFiles } from '../store/photos.ts';
import type { Tools } from './tools.ts';

/** Rows asked for at once. */
const BATCH = 500;

/** What there is of a submission in files, and its row if it has one. */
export interface Kept {
  files: StoredFiles;
  holding: Holding | undefined;
}

/** All files with their rows, as both are at that moment; holds no more than a batch of them. */
export async function* takeInventory(tools: Pick<Tools, 'photos' | 'store'>): AsyncGenerator<Kept> {
  let batch: StoredFiles[] = [];
  for await (const files of tools.photos.inventory()) {
    batch.push(files);
    if (batch.length < BATCH) continue;
    yield* withRows(tools, batch);
    batch = [];
  }
  yield* withRows(tools, batch);
}

async function* withRows({ store }: Pick<Tools, 'store'>, batch: StoredFiles[]) {
  const holdings = await store.housekeeping.holdings(batch.map(({ id }) => id));
  for (const files of batch) yield { files, holding: holdings.get(files.id) };
}
