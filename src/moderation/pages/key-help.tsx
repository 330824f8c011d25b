import type { MessageKey } from '../../i18n/messages.ts';
import type { Say } from '../../i18n/say.ts';

const KEYS: readonly (readonly [keys: string[], does: MessageKey])[] = [
  [['J', '→'], 'keys.next'],
  [['K', '←'], 'keys.previous'],
  [['1', '2', '3'], 'keys.criteria'],
  [['A'], 'keys.approve'],
  [['Shift + A'], 'keys.all'],
  [['R'], 'keys.reject'],
  [['U'], 'keys.undo'],
  [['F'], 'keys.full'],
  [['Esc'], 'keys.close'],
  [['?'], 'keys.help'],
];

/** What the keys do, and the switch for whom they disturb (WCAG 2.1.4). Scripts open it. */
export function KeyHelp({ say }: { say: Say }) {
  return (
    <dialog id="keys" class="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">{say('keys.title')}</h2>
      <div class="option">
        <input
          type="checkbox"
          id="keys-on"
          data-part="keys-on"
          aria-describedby="keys-hint"
          autoComplete="off"
        />
        <label for="keys-on">{say('keys.on')}</label>
        <p class="hint" id="keys-hint">
          {say('keys.on.hint')}
        </p>
      </div>
      <dl>
        {KEYS.map(([keys, does]) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{say(does)}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">{say('keys.pick')}</p>
      <form method="dialog">
        <button type="submit">{say('keys.done')}</button>
      </form>
    </dialog>
  );
}
