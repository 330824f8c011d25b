import type { Say } from '../../i18n/say.ts';

/** Which key does the same; shown where scripts and a keyboard are. */
export function Key({ of }: { of: string }) {
  return (
    <span class="key" aria-hidden="true">
      {of}
    </span>
  );
}

/** The way to the keys for whom they do not work, or work when they should not. */
export function OpenKeys({ say }: { say: Say }) {
  return (
    <button class="quiet" type="button" data-part="open-keys" hidden>
      {say('keys.title')} <Key of="?" />
    </button>
  );
}
