import type { MessageKey } from '../../i18n/messages.ts';

/** What the editor of areas says by itself, on whichever page it is. */
export const COVER_WORDS = [
  'browser.cover.faces.busy',
  'browser.cover.faces.found',
  'browser.cover.faces.none',
  'browser.cover.faces.failed',
  'browser.cover.undecided',
  'browser.cover.area',
  'browser.cover.proposal',
  'browser.cover.where',
  'browser.cover.added',
  'browser.cover.removed',
  'browser.cover.undone',
  'browser.cover.change',
  'browser.cover.remove',
] as const satisfies readonly MessageKey[];
