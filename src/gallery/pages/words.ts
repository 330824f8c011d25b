import type { MessageKey } from '../../i18n/messages.ts';

/** What the scripts of the gallery say. */
export const WORDS = [
  'gallery.shown',
  'gallery.loading',
  'lightbox.label',
  'lightbox.close',
  'lightbox.zoom',
  'lightbox.failed',
  'photo.previous',
  'photo.next',
  'photo.share.title',
  'photo.share.copied',
  'photo.share.copy-failed',
] as const satisfies readonly MessageKey[];

export type GalleryWord = (typeof WORDS)[number];
