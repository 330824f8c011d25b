import type { MessageKey } from '../../i18n/messages.ts';
import { COVER_WORDS } from '../../web/components/cover-words.ts';

/** What the scripts of the supporters' pages say, beside what stands in their templates. */
export const WORDS = [
  'browser.search.found',
  'browser.search.none',
  'browser.nearest.asking',
  'browser.nearest.done',
  'browser.nearest.failed',
  'browser.nearest.group',
  'browser.photo.opening',
  'browser.photo.here',
  'browser.photo.guarded',
  'browser.photo.unreadable',
  'browser.reveal.stays',
  'browser.reveal.goes',
  'browser.reveal.none',
  'browser.reveal.place',
  'browser.reveal.found',
  'browser.cover.start',
  'browser.cover.end',
  ...COVER_WORDS,
  'browser.sending.preparing',
  'browser.sending.progress',
  'browser.sending.checking',
  'browser.sending.again',
  'browser.sending.busy',
  'browser.sending.proving',
  'browser.sending.offline',
  'browser.sending.cancelled',
  'browser.unsent.text',
  'browser.unsent.discarded',
  'browser.sent.stayed',
  'removed.none',
  'browser.receipt.copied',
  'browser.receipt.copy-failed',
  'browser.receipt.saved',
  'browser.receipt.qr.label',
  'browser.receipt.file',
] as const satisfies readonly MessageKey[];

export type Word = (typeof WORDS)[number];
