import { z } from 'zod';
import { embassyName } from '../campaign/embassy-name.ts';
import type { Say } from '../i18n/say.ts';
import type { GalleryRow } from '../store/gallery.ts';
import { PARTICIPANTS } from '../submission/form.ts';
import { imagesOf } from '../submission/renditions.ts';
import { embassySchema } from '../web/schemas.ts';
import { itemExample } from './examples.ts';
import { altText } from './pages/alt.ts';

export const itemSchema = z
  .object({
    id: z.uuid(),
    embassy: embassySchema,
    city: z.string(),
    participant: z.enum(PARTICIPANTS),
    name: z.string().nullable(),
    message: z.string().nullable(),
    month: z
      .string()
      .meta({ description: 'Month of publication, YYYY-MM; no finer time is known.' }),
    alt: z.string(),
    width: z.number().int(),
    height: z.number().int(),
    color: z.string(),
    placeholder: z.string().meta({ description: 'ThumbHash in base64.' }),
    images: z.array(
      z.object({
        url: z.string(),
        type: z.string(),
        width: z.number().int(),
        height: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'GalleryItem', examples: [itemExample] });

export type Item = z.output<typeof itemSchema>;

/** A public photo as readers see it: only what may be known of it. Its files lie below `photosUrl`. */
export function itemView(row: GalleryRow, say: Say, photosUrl: string): Item {
  const { slug, city, country } = row.embassy;
  const name = embassyName(say, row.embassy);
  const criteria = row.criteria ?? { flag: false, slogan: false, embassy: false };
  const { width = 0, height = 0, color = '#808080', placeholder = '' } = row.facts ?? {};
  return {
    id: row.id,
    embassy: { slug, name, city, country },
    city: row.city,
    participant: row.participant,
    name: row.name,
    message: row.message,
    month: row.pictureMonth,
    alt: row.alt ?? altText(say, { embassy: name, city: row.city, criteria }),
    width,
    height,
    color,
    placeholder,
    images: imagesOf(row.renditions).map(({ file, type, width: w, height: h }) => ({
      url: `${photosUrl}/${row.id}/${file}`,
      type,
      width: w,
      height: h,
    })),
  };
}
