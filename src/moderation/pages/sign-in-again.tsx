import { href, type StaffContext } from '../../web/page.ts';
import { PasskeyForm } from './passkey-form.tsx';

interface SignInAgainProps {
  page: StaffContext;
  /** How many passkeys the reader has: one of them is quicker than a mail. */
  passkeys: number;
  /** Where a passkey leads. */
  next: string;
}

/** Stands where something could be changed by somebody who has signed in a moment ago. */
export function SignInAgain({ page, passkeys, next }: SignInAgainProps) {
  const { say } = page;
  return (
    <div class="notice">
      <p>{say('sign-in.stale')}</p>
      {passkeys > 0 ? (
        <PasskeyForm page={page} act="sign-in" next={next} label={say('sign-in.second.submit')} />
      ) : (
        <p>
          <a class="button" href={href(page, '/moderation/sign-in')}>
            {say('sign-in.stale.link')}
          </a>
        </p>
      )}
    </div>
  );
}
