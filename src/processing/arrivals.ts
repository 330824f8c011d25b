import type { Tools } from './tools.ts';

/** An upload writes its row within moments of its file; this is for where nobody speaks for it. */
const SUSPECT_MS = 20_000;

/** Erases the files of uploads whose process died or stands still. */
export async function eraseGivenUp({ store, photos, now }: Tools): Promise<void> {
  for (const id of await store.arrivals.giveUp(now())) {
    await photos.erase(id);
    await store.arrivals.erased(id);
  }
}

/** Files were found that have no row: unless somebody speaks for them, they go soon. */
export async function suspect({ store, now }: Tools, id: string): Promise<void> {
  await store.arrivals.suspect(id, new Date(now().getTime() + SUSPECT_MS));
}
