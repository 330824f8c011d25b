import type { MessageKey } from '../../i18n/messages.ts';
import { COVER_WORDS } from '../../web/components/cover-words.ts';

/** What the script of the moderators' pages says. */
export const DESK_WORDS = [
  'state.waiting',
  'state.approved',
  'state.rejected',
  'state.withdrawn',
  'desk.left',
  'queue.picked',
  'queue.pick.all',
  'queue.pick.none',
  'browser.desk.approved',
  'browser.desk.rejected',
  'browser.desk.undone',
  'browser.desk.sending',
  'browser.desk.offline',
  'browser.desk.again',
  'browser.desk.session',
  'browser.desk.sign-in',
  'browser.desk.missing',
  'browser.desk.all',
  'browser.desk.fast',
  'browser.desk.late',
  'browser.desk.late.by',
  'browser.desk.failed',
  'browser.desk.colleague',
  'browser.desk.changed',
  'browser.desk.claimed',
  'browser.desk.end',
  'browser.desk.no-more',
  'browser.desk.nothing',
  'browser.desk.no-line',
  'browser.desk.pick',
  'browser.desk.reason',
  ...COVER_WORDS,
  'cover.nothing',
  'cover.unsent',
  'cover.sending',
] as const satisfies readonly MessageKey[];

export type DeskWord = (typeof DESK_WORDS)[number];
