import type { Role } from '../../submission/roles.ts';
import { StaffLayout } from '../../web/layout.tsx';
import { href, type StaffContext } from '../../web/page.ts';
import { type PasskeyItem, PasskeyList } from './passkey-list.tsx';
import { type SessionItem, SessionList } from './session-list.tsx';

/** What has just been done, as the address of the page says it. */
export const ACCOUNT_DONE = [
  'passkey-added',
  'passkey-removed',
  'session-ended',
  'sessions-ended',
] as const;

export interface AccountPageProps {
  page: StaffContext;
  role: Role;
  /** Since when: an ISO time, of which the day is shown. */
  addedAt: string;
  passkeys: readonly PasskeyItem[];
  sessions: readonly SessionItem[];
  fresh: boolean;
  done?: (typeof ACCOUNT_DONE)[number] | undefined;
}

/** What a moderator can see and change about themselves. */
export function AccountPage(props: AccountPageProps) {
  const { page, role, addedAt, passkeys, sessions, fresh, done } = props;
  const { say } = page;
  return (
    <StaffLayout page={page} title={say('account.title')} width="text" script="passkey">
      {done && (
        <p class="notice done" role="status">
          {say(`account.done.${done}`)}
        </p>
      )}
      <h1>{say('account.title')}</h1>
      <p class="lead">
        <bdi>{page.moderator}</bdi>
        <br />
        {say(`people.role.${role}`)}, {say('people.since', { day: say.day(addedAt) })}
      </p>
      <PasskeyList page={page} passkeys={passkeys} fresh={fresh} />
      <SessionList page={page} sessions={sessions} fresh={fresh} />
      <section id="mails">
        <h2>{say('mails.title')}</h2>
        <p>
          <a href={href(page, '/moderation/mails')}>{say('account.mails')}</a>
        </p>
      </section>
    </StaffLayout>
  );
}
