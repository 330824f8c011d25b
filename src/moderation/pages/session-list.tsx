import { Csrf } from '../../web/components/form.tsx';
import { href, type StaffContext } from '../../web/page.ts';

export interface SessionItem {
  handle: string;
  /** ISO times. */
  startedAt: string;
  usedAt: string;
  /** Whether the reader uses it right now. */
  own: boolean;
}

interface SessionListProps {
  page: StaffContext;
  sessions: readonly SessionItem[];
  /** Whether the sign-in was a moment ago: a stolen session must not end its owner's. */
  fresh: boolean;
}

/** Where somebody is signed in. No device and no address is known of it. */
export function SessionList({ page, sessions, fresh }: SessionListProps) {
  const { say } = page;
  return (
    <section id="sessions">
      <h2>{say('account.sessions')}</h2>
      <p>{say('account.sessions.what')}</p>
      <ul class="rows">
        {sessions.map((session) => (
          <Row key={session.handle} page={page} session={session} fresh={fresh} />
        ))}
      </ul>
      {fresh && sessions.length > 1 && (
        <End page={page} path="others" label={say('account.sessions.end-others')} />
      )}
    </section>
  );
}

interface RowProps {
  page: StaffContext;
  session: SessionItem;
  fresh: boolean;
}

function Row({ page, session, fresh }: RowProps) {
  const { say } = page;
  const { handle, startedAt, usedAt, own } = session;
  const started = say.moment(startedAt);
  return (
    <li>
      <p>
        <strong>{say('account.session.started', { at: started })}</strong>
        <br />
        <span class="soft">
          {own
            ? say('account.session.own')
            : say('account.session.used', { at: say.moment(usedAt) })}
        </span>
      </p>
      {fresh && !own && (
        <End page={page} path="one" label={say('account.session.end')} of={started}>
          {handle}
        </End>
      )}
    </li>
  );
}

interface EndProps {
  page: StaffContext;
  path: 'one' | 'others';
  label: string;
  /** Tells buttons apart to who does not see where they stand. */
  of?: string;
  children?: string;
}

function End({ page, path, label, of, children: handle }: EndProps) {
  return (
    <form method="post" action={href(page, `/moderation/account/sessions/${path}`)}>
      <Csrf page={page} />
      {handle && <input type="hidden" name="session" value={handle} />}
      <button class="second" type="submit">
        {label}
        {of && <span class="hidden"> ({of})</span>}
      </button>
    </form>
  );
}
