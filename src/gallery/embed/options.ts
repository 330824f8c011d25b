import { z } from 'zod';
import { LOCALES } from '../../i18n/messages.ts';
import { galleryQuery } from '../read.ts';

const KIT_LIMIT = 12;

export const THEMES = ['auto', 'light', 'dark'] as const;
export const LAYOUTS = ['grid', 'strip'] as const;

/** What is not one of ours is the first: an embed shows something however it is written. */
const choice = <Value extends string>(values: readonly [Value, ...Value[]]) =>
  z.enum(values).catch(values[0]);

/** How an embed looks. */
export const looks = { theme: choice(THEMES), layout: choice(LAYOUTS) };

/** What `/embed` is asked for: photos as the gallery lists them, or one of them. */
export const embedQuery = galleryQuery.extend({ ...looks, photo: z.string().max(100).optional() });
export type EmbedQuery = z.output<typeof embedQuery>;

const filled = (value: unknown) => (value === '' ? undefined : value);

/** What the kit makes snippets for. `language` is theirs, `lang` that of the page. */
export const kitQuery = galleryQuery.pick({ embassy: true, country: true, lang: true }).extend({
  ...looks,
  limit: z.preprocess(filled, z.coerce.number().int().min(1).max(100).catch(KIT_LIMIT)),
  language: z.preprocess(filled, z.enum(LOCALES).optional().catch(undefined)),
});
export type KitQuery = z.output<typeof kitQuery>;
