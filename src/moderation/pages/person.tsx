import type { Role } from '../../submission/roles.ts';
import { Csrf } from '../../web/components/form.tsx';
import { href, type StaffContext } from '../../web/page.ts';

export interface PersonItem {
  id: string;
  address: string;
  role: Role;
  /** ISO time; only its day is shown. */
  addedAt: string;
  passkeys: number;
  /** Whether it is the reader. */
  own: boolean;
  /** Whether they are the only admin, who stays. */
  last: boolean;
}

interface PersonProps {
  page: StaffContext;
  person: PersonItem;
  fresh: boolean;
}

/** One of those who moderate, and what an admin can do about them. */
export function Person({ page, person, fresh }: PersonProps) {
  const { say } = page;
  const { address, role, addedAt, passkeys, own, last } = person;
  return (
    <li class="person">
      <p>
        <strong>
          <bdi>{address}</bdi>
        </strong>
        {own && ` (${say('people.you')})`}
        <br />
        <span class="soft">
          {say(`people.role.${role}`)}, {say('people.since', { day: say.day(addedAt) })},{' '}
          {say('people.passkeys', { count: passkeys })}
        </span>
      </p>
      {last && <p class="hint">{say('people.last')}</p>}
      {fresh && (
        <div class="acts">
          {!last && <ChangeRole page={page} person={person} />}
          <Confirm page={page} person={person} act="reset" />
          {!last && <Confirm page={page} person={person} act="remove" />}
        </div>
      )}
    </li>
  );
}

function ChangeRole({ page, person }: { page: StaffContext; person: PersonItem }) {
  const { say } = page;
  const role: Role = person.role === 'admin' ? 'moderator' : 'admin';
  return (
    <form method="post" action={href(page, `/moderation/people/${person.id}/role`)}>
      <Csrf page={page} />
      <input type="hidden" name="role" value={role} />
      <button class="quiet" type="submit">
        {say(`people.make.${role}`)} <span class="hidden">{person.address}</span>
      </button>
    </form>
  );
}

const PATHS = { reset: 'access-reset', remove: 'removal' };

interface ConfirmProps {
  page: StaffContext;
  person: PersonItem;
  act: keyof typeof PATHS;
}

/** Opens first and says what it means: without scripts, the second look before the act. */
function Confirm({ page, person: { id, address }, act }: ConfirmProps) {
  const { say } = page;
  return (
    <details class="confirm">
      <summary>
        {say(`people.${act}`)} <span class="hidden">{address}</span>
      </summary>
      <p>{say(`people.${act}.text`)}</p>
      <form method="post" action={href(page, `/moderation/people/${id}/${PATHS[act]}`)}>
        <Csrf page={page} />
        <button class="danger" type="submit">
          {say(`people.${act}.yes`, { address })}
        </button>
      </form>
    </details>
  );
}
