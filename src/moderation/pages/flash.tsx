import { isMessage } from '../../i18n/messages.ts';
import { Csrf } from '../../web/components/form.tsx';
import { href, type StaffContext } from '../../web/page.ts';
import { type Flash, filterQuery, type QueueFilter } from './item.ts';

interface FlashBarProps {
  page: StaffContext;
  filter: QueueFilter;
  flash: Flash;
}

/** What was just done, with the way to take it back. */
export function FlashBar({ page, filter, flash }: FlashBarProps) {
  const { say } = page;
  const { act, done, late, undo } = flash;
  const key = `flash.${act}`;
  return (
    <div class={late > 0 ? 'flash late' : 'flash'} role="status" data-part="flash">
      <p>
        {isMessage(key) && say(key, { count: done })}
        {late > 0 && ` ${say('flash.late', { count: late })}`}
      </p>
      {undo && (
        <form method="post" action={href(page, '/moderation/undo', filterQuery(filter))}>
          <Csrf page={page} />
          <button class="quiet" type="submit">
            {say('flash.undo')}
          </button>
        </form>
      )}
    </div>
  );
}
