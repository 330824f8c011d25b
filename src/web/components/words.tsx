import type { MessageKey } from '../../i18n/messages.ts';
import type { Say } from '../../i18n/say.ts';

/** Values the scripts fill in later: until then each stands for itself. */
const LATER = Object.fromEntries(
  ['count', 'name', 'distance', 'latitude', 'longitude', 'number', 'left', 'top', 'width', 'height']
    .concat(['percent', 'seconds', 'city', 'campaign', 'address', 'state', 'reason', 'missing'])
    .map((name) => [name, `{${name}}`]),
);

/**
 * The sentences as the scripts of a page find them: no catalogue is shipped, and no data block is
 * needed.
 */
export function Words({ say, words }: { say: Say; words: readonly MessageKey[] }) {
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
