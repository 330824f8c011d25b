import { StaffLayout } from '../../web/layout.tsx';
import { href, type StaffContext } from '../../web/page.ts';

export interface MailsStopPageProps {
  page: StaffContext;
  /** Whether the mails have been stopped; if not, here is the button. */
  stopped: boolean;
}

/** Where the header of a digest leads. Opening it changes nothing: many programs open every link. */
export function MailsStopPage({ page, stopped }: MailsStopPageProps) {
  const { say, path, query } = page;
  if (stopped) {
    return (
      <StaffLayout page={page} title={say('mails.stopped.title')} width="text">
        <h1>{say('mails.stopped.title')}</h1>
        <p class="lead">{say('mails.stopped.text')}</p>
        <p class="actions">
          <a class="button second" href={href(page, '/moderation/mails')}>
            {say('mails.stopped.settings')}
          </a>
        </p>
      </StaffLayout>
    );
  }
  return (
    <StaffLayout page={page} title={say('mails.stop.title')} width="text">
      <h1>{say('mails.stop.title')}</h1>
      <p class="lead">{say('mails.stop.text')}</p>
      <form method="post" action={href(page, path, query)}>
        <input type="hidden" name="List-Unsubscribe" value="One-Click" />
        <p class="actions">
          <button type="submit">{say('mails.stop.submit')}</button>
        </p>
      </form>
    </StaffLayout>
  );
}
