import type { Store } from '../../store/store.ts';

export const FATES = ['withdrawn', 'unknown', 'shown'] as const;
export type Fate = (typeof FATES)[number];

export interface Checked {
  /** What became of each photo that was found, those to act on first. */
  photos: { id: string; fate: Fate }[];
  /** Whether there were more than are looked up at once. */
  cut: boolean;
}

/** Photos looked up at once. */
export const MOST_CHECKED = 500;
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/gi;

/**
 * Tells what became of the photos named in a text. The text is only searched for ids: nothing it
 * points to is fetched, for whoever can make a service open addresses can turn it against others.
 */
export async function checkText(store: Store, text: string): Promise<Checked> {
  const found = [...new Set((text.match(ID) ?? []).map((id) => id.toLowerCase()))];
  const ids = found.slice(0, MOST_CHECKED);
  const known = await store.gallery.fates(ids);
  const photos = ids
    .map((id) => ({ id, fate: known.get(id) ?? ('unknown' as const) }))
    .sort((a, b) => FATES.indexOf(a.fate) - FATES.indexOf(b.fate));
  return { photos, cut: found.length > ids.length };
}
