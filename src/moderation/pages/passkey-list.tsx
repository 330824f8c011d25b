import { Csrf, Field } from '../../web/components/form.tsx';
import { href, type StaffContext } from '../../web/page.ts';
import { PasskeyForm } from './passkey-form.tsx';
import { SignInAgain } from './sign-in-again.tsx';

export interface PasskeyItem {
  id: string;
  name: string;
  /** ISO time; only its day is shown. */
  addedAt: string;
}

interface PasskeyListProps {
  page: StaffContext;
  passkeys: readonly PasskeyItem[];
  /** Whether the sign-in was a moment ago: passkeys are only changed then. */
  fresh: boolean;
}

const NAME_LENGTH = 40;

/** Somebody's own passkeys, and a way to add one. */
export function PasskeyList({ page, passkeys, fresh }: PasskeyListProps) {
  const { say } = page;
  return (
    <section id="passkeys">
      <h2>{say('account.passkeys')}</h2>
      <p>{say('account.passkeys.what')}</p>
      <p>{say('account.passkeys.then')}</p>
      {passkeys.length > 0 && (
        <ul class="rows">
          {passkeys.map((passkey) => (
            <Row key={passkey.id} page={page} passkey={passkey} fresh={fresh} />
          ))}
        </ul>
      )}
      {fresh ? (
        <PasskeyForm
          page={page}
          act="registration"
          next="/moderation/account"
          done="passkey-added"
          label={say('account.passkey.add')}
        >
          <PasskeyNameField page={page} />
        </PasskeyForm>
      ) : (
        <SignInAgain page={page} passkeys={passkeys.length} next="/moderation/account" />
      )}
    </section>
  );
}

/** What a passkey is called by its owner. */
export function PasskeyNameField({ page: { say } }: { page: StaffContext }) {
  return (
    <Field name="name" label={say('account.passkey.name')} hint={say('account.passkey.name.hint')}>
      {(control) => <input {...control} required maxLength={NAME_LENGTH} autoComplete="off" />}
    </Field>
  );
}

interface RowProps {
  page: StaffContext;
  passkey: PasskeyItem;
  fresh: boolean;
}

function Row({ page, passkey: { id, name, addedAt }, fresh }: RowProps) {
  const { say } = page;
  return (
    <li>
      <p>
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <br />
        <span class="soft">{say('account.passkey.since', { day: say.day(addedAt) })}</span>
      </p>
      {fresh && (
        <details class="confirm">
          <summary>
            {say('account.passkey.remove')} <span class="hidden">{name}</span>
          </summary>
          <p>{say('account.passkey.remove.text')}</p>
          <form method="post" action={href(page, '/moderation/account/passkeys/removal')}>
            <Csrf page={page} />
            <input type="hidden" name="passkey" value={id} />
            <button class="danger" type="submit">
              {say('account.passkey.remove.yes')}
            </button>
          </form>
        </details>
      )}
    </li>
  );
}
