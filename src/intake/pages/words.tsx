import type { MessageKey } from '../../i18n/messages.ts';
import type { Say } from '../../i18n/say.ts';

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
  'browser.sending.preparing',
  'browser.sending.progress',
  'browser.sending.checking',
  'browser.sending.again',
  'browser.sending.busy',
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

/** Values the scripts fill in later: until then each stands for itself. */
const LATER = Object.fromEntries(
  ['count', 'name', 'distance', 'latitude', 'longitude', 'number', 'left', 'top', 'width', 'height']
    .concat(['percent', 'seconds', 'city', 'campaign', 'address'])
    .map((name) => [name, `{${name}}`]),
);

/** The sentences as the scripts find them: no catalogue is shipped, and no data block is needed. */
export function Words({ say, words = WORDS }: { say: Say; words?: readonly Word[] }) {
  return (
    <template id="words">
      {words.map((word) => (
        <p key={word} data-word={word}>
          {say(word, LATER)}
        </p>
      ))}
    </template>
  );
}
