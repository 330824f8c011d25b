import { Csrf } from '../../web/components/form.tsx';
import { href, type StaffContext } from '../../web/page.ts';

export interface WebhookItem {
  id: string;
  url: string;
  /** Days, such as `2026-11-21`. */
  stoppedOn: string | null;
  failingSince: string | null;
  lastOutcome: string | null;
  lastDay: string | null;
  waiting: number;
}

interface WebhookProps {
  page: StaffContext;
  webhook: WebhookItem;
  fresh: boolean;
}

/** One site that is called, how it does, and what an admin can do about it. */
export function Webhook({ page, webhook, fresh }: WebhookProps) {
  const { say } = page;
  const { id, url, lastOutcome, lastDay, stoppedOn, waiting } = webhook;
  return (
    <li class="webhook">
      <p>
        <strong class="address">
          <bdi>{url}</bdi>
        </strong>
        <br />
        <span class={stoppedOn ? 'problem' : 'soft'}>{stateOf(page, webhook)}</span>
        {waiting > 0 && <span class="soft"> · {say('webhooks.waiting', { count: waiting })}</span>}
      </p>
      {lastOutcome && lastDay && (
        <p class="hint">{say('webhooks.last', { outcome: lastOutcome, day: say.day(lastDay) })}</p>
      )}
      <div class="acts">
        <Act page={page} id={id} act="test" />
        {fresh && stoppedOn && <Act page={page} id={id} act="restart" />}
        {fresh && <Remove page={page} webhook={webhook} />}
      </div>
    </li>
  );
}

function stateOf({ say }: StaffContext, { stoppedOn, failingSince, lastOutcome }: WebhookItem) {
  if (stoppedOn) return say('webhooks.state.stopped', { day: say.day(stoppedOn) });
  if (failingSince) return say('webhooks.state.failing', { day: say.day(failingSince) });
  return say(lastOutcome ? 'webhooks.state.works' : 'webhooks.state.new');
}

function Act({ page, id, act }: { page: StaffContext; id: string; act: 'test' | 'restart' }) {
  return (
    <form method="post" action={href(page, `/moderation/webhooks/${id}/${act}`)}>
      <Csrf page={page} />
      <button class="quiet" type="submit">
        {page.say(`webhooks.${act}`)}
      </button>
    </form>
  );
}

/** Opens first and says what it means: without scripts, the second look before the act. */
function Remove({ page, webhook: { id, url } }: Omit<WebhookProps, 'fresh'>) {
  const { say } = page;
  const { host } = new URL(url);
  return (
    <details class="confirm">
      <summary>
        {say('webhooks.remove')} <span class="hidden">{host}</span>
      </summary>
      <p>{say('webhooks.remove.text')}</p>
      <form method="post" action={href(page, `/moderation/webhooks/${id}/removal`)}>
        <Csrf page={page} />
        <button class="danger" type="submit">
          {say('webhooks.remove.yes', { host })}
        </button>
      </form>
    </details>
  );
}
