import { z } from 'zod';
import { embassyName } from '../campaign/embassy-name.ts';
import type { Say } from '../i18n/say.ts';
import { embassiesExample } from './examples.ts';
import type { GalleryTools } from './tools.ts';

const embassyCount = z
  .object({
    slug: z.string(),
    kind: z.string(),
    name: z.string(),
    city: z.string(),
    country: z.string(),
    latitude: z.number(),
    longitude: z.number(),
    precision: z.enum(['building', 'city']),
    photos: z.number().int(),
    counted: z.number().int(),
  })
  .meta({ id: 'Embassy' });
export type EmbassyCount = z.output<typeof embassyCount>;

export const embassiesSchema = z
  .object({ items: z.array(embassyCount) })
  .meta({ id: 'Embassies', examples: [embassiesExample] });

/** All embassies with how many photos each has. */
export async function readEmbassies({ store, embassies }: GalleryTools, say: Say) {
  const counts = new Map<string, { photos: number; counted: number }>();
  for (const { embassySlug, shown, counted } of await store.gallery.tallies()) {
    const sum = counts.get(embassySlug) ?? { photos: 0, counted: 0 };
    counts.set(embassySlug, { photos: sum.photos + shown, counted: sum.counted + counted });
  }
  const items = [...embassies.values()].map((embassy) => ({
    ...embassy,
    name: embassyName(say, embassy),
    ...(counts.get(embassy.slug) ?? { photos: 0, counted: 0 }),
  }));
  return { items };
}

/** Embassies by country, then city, then name, as the reader's language orders them. */
export function inOrder(embassies: readonly EmbassyCount[], say: Say): EmbassyCount[] {
  const country = (each: EmbassyCount) => say.country(each.country);
  return [...embassies].sort(
    (a, b) =>
      say.compare(country(a), country(b)) ||
      say.compare(a.city, b.city) ||
      say.compare(a.name, b.name),
  );
}
