import { z } from 'zod';
import { galleryQuery } from '../read.ts';

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
