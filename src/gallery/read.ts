import { z } from 'zod';
import type { Say } from '../i18n/say.ts';
import type { GalleryCursor, GalleryRow } from '../store/gallery.ts';
import { PARTICIPANTS } from '../submission/form.ts';
import { Refusal } from '../submission/refusals.ts';
import { readCursor, writeCursor } from '../web/cursor.ts';
import { listQuery } from '../web/schemas.ts';
import { coverageExample, galleryExample } from './examples.ts';
import { type Item, itemSchema, itemView } from './items.ts';
import type { GalleryTools } from './tools.ts';

/** An empty filter of a form is no filter. */
const filter = z.preprocess(
  (value) => (value === '' ? undefined : value),
  z.string().max(200).optional(),
);

export const galleryQuery = listQuery.extend({
  embassy: filter,
  country: filter,
  city: filter,
  participant: z.preprocess((v) => (v === '' ? undefined : v), z.enum(PARTICIPANTS).optional()),
  lang: z.string().max(35).optional(),
});
export type GalleryQuery = z.output<typeof galleryQuery>;

export const fieldsQuery = z.object({
  fields: z.string().max(300).optional().meta({
    description: 'Names of the fields wanted, with commas between them; `id` is always there.',
  }),
});
export const galleryApiQuery = galleryQuery.extend(fieldsQuery.shape);
export type GalleryApiQuery = z.output<typeof galleryApiQuery>;

export const gallerySchema = z
  .object({
    items: z.array(itemSchema),
    nextCursor: z.string().nullable(),
    total: z.number().int(),
  })
  .meta({ id: 'GalleryPage', examples: [galleryExample] });

export const coverageSchema = z
  .object({
    photos: z.number().int().meta({ description: 'Public pictures.' }),
    counted: z.number().int().meta({ description: 'Photos that count but are never shown.' }),
    embassies: z.number().int(),
    embassiesTotal: z.number().int(),
    countries: z.number().int(),
    cities: z.number().int(),
    missing: z.array(z.string()).meta({ description: 'Slugs of embassies without a photo.' }),
  })
  .meta({ id: 'Coverage', examples: [coverageExample] });
export type Coverage = z.output<typeof coverageSchema>;

export interface GalleryPage {
  items: Item[];
  nextCursor: string | null;
  total: number;
}

/** A page of the gallery. */
export async function readGallery(
  { store, keys, photosUrl }: GalleryTools,
  { limit, cursor, ...wanted }: GalleryQuery,
  say: Say,
): Promise<GalleryPage> {
  const after = cursor ? readCursor<GalleryCursor>(keys, 'gallery', cursor) : undefined;
  const rows = await store.gallery.list(wanted, limit + 1, after);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => itemView(row, say, photosUrl)),
    nextCursor:
      last && rows.length > limit
        ? writeCursor(keys, 'gallery', { month: last.pictureMonth, id: last.id })
        : null,
    total: await store.gallery.total(wanted),
  };
}

/** A public photo. Refuses with `gone` after a withdrawal, `not-found` before approval. */
export async function findPublic({ store }: GalleryTools, id: string): Promise<GalleryRow> {
  const found = z.uuid().safeParse(id).success ? await store.gallery.find(id) : null;
  if (found === 'withdrawn') throw new Refusal('gone');
  if (!found) throw new Refusal('not-found');
  return found;
}

export async function readCoverage({ store, embassies }: GalleryTools): Promise<Coverage> {
  const tallies = await store.gallery.tallies();
  const sum = (key: 'shown' | 'counted') => tallies.reduce((total, row) => total + row[key], 0);
  const distinct = (key: 'embassySlug' | 'country' | 'cityKey') =>
    new Set(tallies.map((row) => row[key]));
  const reached = distinct('embassySlug');
  return {
    photos: sum('shown'),
    counted: sum('counted'),
    embassies: reached.size,
    embassiesTotal: embassies.size,
    countries: distinct('country').size,
    cities: distinct('cityKey').size,
    missing: [...embassies.keys()].filter((slug) => !reached.has(slug)),
  };
}
