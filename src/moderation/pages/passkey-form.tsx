import type { ComponentChildren } from 'preact';
import type { MessageKey } from '../../i18n/messages.ts';
import { Csrf } from '../../web/components/form.tsx';
import { Words } from '../../web/components/words.tsx';
import { href, type StaffContext } from '../../web/page.ts';

/** What the script says while the device asks for finger, face or PIN. */
const WORDS = [
  'passkey.busy',
  'passkey.cancelled',
  'passkey.failed',
  'passkey.unsupported',
  'refusal.passkey-known.title',
] as const satisfies readonly MessageKey[];
export type PasskeyWord = (typeof WORDS)[number];

interface PasskeyFormProps {
  page: StaffContext;
  /** Whether a passkey signs in, or a new one is made. */
  act: 'sign-in' | 'registration';
  /** Where it leads. */
  next: string;
  /** What that page says was done. */
  done?: string;
  /** What the button says. */
  label: string;
  second?: boolean;
  /** Fields that go with it. */
  children?: ComponentChildren;
}

const PATHS = { 'sign-in': '/api/v1/session/passkey', registration: '/api/v1/moderation/passkeys' };

/**
 * The one form of the desk that needs scripts, for browsers speak of passkeys to nothing else: they
 * show it, and until then the page says what it takes.
 */
export function PasskeyForm({ page, act, next, done, label, second, children }: PasskeyFormProps) {
  const { say } = page;
  return (
    <div class="passkey">
      <form
        method="post"
        action={href(page, PATHS[act])}
        data-passkey={act}
        data-next={href(page, next, { done })}
        hidden
      >
        <Csrf page={page} />
        {children}
        <button class={second ? 'second' : undefined} type="submit">
          {label}
        </button>
      </form>
      <p class="hint" role="status" data-part="passkey-status">
        <noscript>{say('passkey.no-script')}</noscript>
      </p>
      <Words say={say} words={WORDS} />
    </div>
  );
}
