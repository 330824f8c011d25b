import type { MessageKey } from '../../i18n/messages.ts';

/** The sentences of `<photo-gallery>`; the build puts them into its script in every language. */
export const ELEMENT_WORDS = [
  'embed.list',
  'embed.loading',
  'embed.shown',
  'embed.failed',
  'gallery.empty.title',
  'gallery.next',
  'home.latest.all',
] as const satisfies readonly MessageKey[];

export type ElementWord = (typeof ELEMENT_WORDS)[number];
