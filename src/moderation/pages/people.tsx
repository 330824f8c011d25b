import { fieldSentence } from '../../i18n/sentences.ts';
import { Csrf, ErrorSummary, Field, type FormRefusal } from '../../web/components/form.tsx';
import { StaffLayout } from '../../web/layout.tsx';
import { href, type StaffContext } from '../../web/page.ts';
import { Person, type PersonItem } from './person.tsx';
import { SignInAgain } from './sign-in-again.tsx';

/** What has just been done, as the address of the page says it. */
export const PEOPLE_DONE = [
  'invited',
  'known',
  'removed',
  'made-admin',
  'made-moderator',
  'access-reset',
] as const;

export interface PeoplePageProps {
  page: StaffContext;
  people: readonly PersonItem[];
  /** Whether the reader signed in a moment ago: people are only changed then. */
  fresh: boolean;
  done?: (typeof PEOPLE_DONE)[number] | undefined;
  refusal?: FormRefusal | undefined;
  /** What was typed when it was refused. */
  email?: string | undefined;
}

/** Who moderates. For admins. */
export function PeoplePage({ page, people, fresh, done, refusal, email }: PeoplePageProps) {
  const { say } = page;
  const labels = { email: say('people.invite.email') };
  const own = people.find((person) => person.own);
  return (
    <StaffLayout page={page} title={say('people.title')} width="text" script="passkey">
      {done && (
        <p class="notice done" role="status">
          {say(`people.done.${done}`)}
        </p>
      )}
      {refusal && <ErrorSummary say={say} refusal={refusal} labels={labels} />}
      <h1>{say('people.title')}</h1>
      <p class="lead">{say('people.lead')}</p>
      {!fresh && (
        <SignInAgain page={page} passkeys={own?.passkeys ?? 0} next="/moderation/people" />
      )}
      <ul class="rows">
        {people.map((person) => (
          <Person key={person.id} page={page} person={person} fresh={fresh} />
        ))}
      </ul>
      <p>
        <a href={href(page, '/moderation/brake')}>{say('brake.title')}</a>
      </p>
      <p>
        <a href={href(page, '/moderation/webhooks')}>{say('webhooks.title')}</a>
      </p>
      {fresh && <Invite page={page} refusal={refusal} email={email} />}
    </StaffLayout>
  );
}

function Invite({ page, refusal, email }: Pick<PeoplePageProps, 'page' | 'refusal' | 'email'>) {
  const { say } = page;
  const problem = refusal?.fields.find(({ field }) => field === 'email');
  const error = problem && fieldSentence(say, problem);
  return (
    <section>
      <h2>{say('people.invite')}</h2>
      <p>{say('people.invite.text')}</p>
      <form method="post" action={href(page, '/moderation/people')}>
        <Csrf page={page} />
        <Field name="email" label={say('people.invite.email')} error={error}>
          {(control) => (
            <input {...control} type="email" required autoComplete="off" value={email} />
          )}
        </Field>
        <button type="submit">{say('people.invite.submit')}</button>
      </form>
    </section>
  );
}
