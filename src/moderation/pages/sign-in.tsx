import type { RefusalCode } from '../../submission/refusals.ts';
import { Csrf, ErrorSummary, Field } from '../../web/components/form.tsx';
import { StaffLayout } from '../../web/layout.tsx';
import { href, type StaffContext } from '../../web/page.ts';

export type SignInStep =
  | { kind: 'ask'; refusal?: RefusalCode | undefined }
  /** Said to everybody, moderator or not. */
  | { kind: 'sent' }
  /** The mailed link was opened: only pressing the button uses it up. */
  | { kind: 'confirm'; token: string };

export interface SignInPageProps {
  page: StaffContext;
  step: SignInStep;
}

export function SignInPage({ page, step }: SignInPageProps) {
  const { say } = page;
  return (
    <StaffLayout page={page} title={say('sign-in.title')} width="text">
      {step.kind === 'ask' && <Ask page={page} refusal={step.refusal} />}
      {step.kind === 'sent' && (
        <>
          <h1>{say('sign-in.sent.title')}</h1>
          <p class="lead">{say('sign-in.sent.text')}</p>
          <p>{say('sign-in.sent.none')}</p>
        </>
      )}
      {step.kind === 'confirm' && <Confirm page={page} token={step.token} />}
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
