import { campaign } from '../../campaign/campaign.ts';
import { asset } from '../assets.ts';
import { href, type StaffContext } from '../page.ts';
import { Csrf } from './form.tsx';
import { Languages } from './languages.tsx';

const PAGES = [
  ['/moderation', 'staff.nav.queue'],
  ['/moderation/log', 'staff.nav.log'],
  ['/moderation/numbers', 'staff.nav.numbers'],
  ['/moderation/outbox', 'staff.nav.outbox'],
] as const;
const ADMINS_PAGES = [['/moderation/people', 'staff.nav.people']] as const;

export function StaffBar({ page }: { page: StaffContext }) {
  const { say } = page;
  return (
    <header class="site-header staff-header">
      <div class="bar">
        <a class="brand" href={href(page, page.moderator ? '/moderation' : '/')}>
          <img src={asset('web/assets/icon.svg')} alt="" width="24" height="24" />
          <span class="brand-name">{campaign.name}</span>
        </a>
        {page.moderator && (
          <>
            <nav class="pages" aria-label={say('nav.main')}>
              <ul class="nav">
                {[...PAGES, ...(page.admin ? ADMINS_PAGES : [])].map(([path, key]) => (
                  <li key={path}>
                    <a
                      href={href(page, path)}
                      aria-current={page.path === path ? 'page' : undefined}
                    >
                      {say(key)}
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
            <form class="sign-out" method="post" action={href(page, '/moderation/sign-out')}>
              <Csrf page={page} />
              <a
                class="who"
                href={href(page, '/moderation/account')}
                aria-current={page.path === '/moderation/account' ? 'page' : undefined}
              >
                <span class="hidden">{say('staff.account')}: </span>
                <bdi class="who-address">{page.moderator}</bdi>
              </a>
              <button class="quiet" type="submit">
                {say('staff.sign-out')}
              </button>
            </form>
          </>
        )}
        <Languages page={page} />
      </div>
    </header>
  );
}
