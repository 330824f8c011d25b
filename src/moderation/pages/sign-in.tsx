import type { RefusalCode } from '../../submission/refusals.ts';
import { Csrf, ErrorSummary, Field } from '../../web/components/form.tsx';
import { StaffLayout } from '../../web/layout.tsx';
import { href, type StaffContext } from '../../web/page.ts';
import { PasskeyForm } from './passkey-form.tsx';
import { PasskeyNameField } from './passkey-list.tsx';

export type SignInStep =
  | { kind: 'ask'; refusal?: RefusalCode | undefined }
  /** Said to everybody, moderator or not. */
  | { kind: 'sent' }
  /** The mailed link was opened: only pressing the button uses it up. */
  | { kind: 'confirm'; token: string }
  /** The link was used, and now the passkey has to follow. */
  | { kind: 'passkey' }
  /** Nobody works here without a passkey, and there is none yet. */
  | { kind: 'registration' };

export interface SignInPageProps {
  page: StaffContext;
  step: SignInStep;
}

const NEXT = '/moderation';

export function SignInPage({ page, step }: SignInPageProps) {
  const { say } = page;
  const script = ['ask', 'passkey', 'registration'].includes(step.kind) ? 'passkey' : undefined;
  return (
    <StaffLayout page={page} title={say('sign-in.title')} width="text" script={script}>
      {step.kind === 'ask' && <Ask page={page} refusal={step.refusal} />}
      {step.kind === 'sent' && (
        <>
          <h1>{say('sign-in.sent.title')}</h1>
          <p class="lead">{say('sign-in.sent.text')}</p>
          <p>{say('sign-in.sent.none')}</p>
        </>
      )}
      {step.kind === 'confirm' && <Confirm page={page} token={step.token} />}
      {step.kind === 'passkey' && <Passkey page={page} />}
      {step.kind === 'registration' && <Registration page={page} />}
    </StaffLayout>
  );
}

function Ask({ page, refusal }: { page: StaffContext; refusal: RefusalCode | undefined }) {
  const { say } = page;
  return (
    <>
      {refusal && <ErrorSummary say={say} refusal={{ code: refusal, fields: [] }} labels={{}} />}
      <h1>{say('sign-in.title')}</h1>
      <p class="lead">{say('sign-in.lead')}</p>
      <form method="post" action={href(page, '/moderation/sign-in')}>
        <Csrf page={page} />
        <Field name="email" label={say('sign-in.email')}>
          {(control) => <input {...control} type="email" required autoComplete="email" />}
        </Field>
        <button type="submit">{say('sign-in.submit')}</button>
      </form>
      <section>
        <h2>{say('sign-in.passkey.title')}</h2>
        <p>{say('sign-in.passkey.text')}</p>
        <PasskeyForm page={page} act="sign-in" next={NEXT} label={say('sign-in.passkey')} second />
      </section>
    </>
  );
}

function Confirm({ page, token }: { page: StaffContext; token: string }) {
  const { say } = page;
  return (
    <>
      <h1>{say('sign-in.confirm.title')}</h1>
      <p class="lead">{say('sign-in.confirm.text')}</p>
      <form method="post" action={href(page, '/moderation/session')}>
        <Csrf page={page} />
        <input type="hidden" name="token" value={token} autoComplete="off" />
        <button type="submit">{say('sign-in.confirm.submit')}</button>
      </form>
    </>
  );
}

function Passkey({ page }: { page: StaffContext }) {
  const { say } = page;
  return (
    <>
      <h1>{say('sign-in.second.title')}</h1>
      <p class="lead">{say('sign-in.second.text')}</p>
      <PasskeyForm page={page} act="sign-in" next={NEXT} label={say('sign-in.second.submit')} />
      <section>
        <h2>{say('sign-in.lost.title')}</h2>
        <p>{say('sign-in.lost.text')}</p>
        <StartAgain page={page} />
      </section>
    </>
  );
}

function Registration({ page }: { page: StaffContext }) {
  const { say } = page;
  return (
    <>
      <h1>{say('sign-in.register.title')}</h1>
      <p class="lead">{say('sign-in.register.text')}</p>
      <p>{say('account.passkeys.what')}</p>
      <PasskeyForm page={page} act="registration" next={NEXT} label={say('account.passkey.add')}>
        <PasskeyNameField page={page} />
      </PasskeyForm>
      <section>
        <StartAgain page={page} />
      </section>
    </>
  );
}

function StartAgain({ page }: { page: StaffContext }) {
  return (
    <form method="post" action={href(page, '/moderation/sign-out')}>
      <Csrf page={page} />
      <button class="second" type="submit">
        {page.say('sign-in.again')}
      </button>
    </form>
  );
}
