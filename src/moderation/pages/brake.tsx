import { Csrf } from '../../web/components/form.tsx';
import { StaffLayout } from '../../web/layout.tsx';
import { href, type StaffContext } from '../../web/page.ts';

interface Person {
  id: string;
  name: string;
  /** Photos rejected or unpublished in the last seven days. */
  hidden: number;
  pulled: boolean;
  /** Whether it is the reader: what they did, somebody else takes back. */
  own: boolean;
}

interface BrakePageProps {
  page: StaffContext;
  people: readonly Person[];
  /** How many photos have just been brought back. */
  done?: number | undefined;
}

/** Who hid photos lately: a second person lets them go on, or takes everything back. */
export function BrakePage({ page, people, done }: BrakePageProps) {
  const { say } = page;
  return (
    <StaffLayout page={page} title={say('brake.title')} width="text">
      {done !== undefined && (
        <p class="notice done" role="status">
          {say('brake.done', { count: done })}
        </p>
      )}
      <h1>{say('brake.title')}</h1>
      <p class="lead">{say('brake.lead')}</p>
      {people.length === 0 && <p class="empty">{say('brake.empty')}</p>}
      <ul class="mails">
        {people.map((person) => (
          <li key={person.id}>
            <Entry page={page} person={person} />
          </li>
        ))}
      </ul>
    </StaffLayout>
  );
}

function Entry({ page, person }: { page: StaffContext; person: Person }) {
  const { say } = page;
  const { id, name, hidden, pulled, own } = person;
  return (
    <>
      <p>
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <br />
        {say('brake.hidden', { count: hidden })}
        {pulled && ` ${say('brake.pulled')}`}
      </p>
      {own && <p class="hint">{say('brake.own')}</p>}
      {!own && (
        <div class="tools">
          {pulled && (
            <Act page={page} path={`/moderation/brake/${id}/release`} label="brake.release" />
          )}
          {hidden > 0 && (
            <Act page={page} path={`/moderation/brake/${id}/take-back`} label="brake.take-back" />
          )}
        </div>
      )}
    </>
  );
}

interface ActProps {
  page: StaffContext;
  path: string;
  label: 'brake.release' | 'brake.take-back';
}

function Act({ page, path, label }: ActProps) {
  return (
    <form method="post" action={href(page, path)}>
      <Csrf page={page} />
      <button class="second" type="submit">
        {page.say(label)}
      </button>
    </form>
  );
}
