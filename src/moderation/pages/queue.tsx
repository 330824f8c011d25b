import type { State } from '../../submission/states.ts';
import { StaffLayout } from '../../web/layout.tsx';
import { href, type StaffContext } from '../../web/page.ts';
import { BulkForm } from './bulk-form.tsx';
import { DeskScripts } from './desk-scripts.tsx';
import { FlashBar } from './flash.tsx';
import { age, type Flash, filterQuery, type QueueFilter, type QueueItem } from './item.ts';
import { isNarrowed, QueueTools } from './queue-tools.tsx';

export interface QueuePageProps {
  page: StaffContext;
  filter: QueueFilter;
  view: 'grid' | 'list';
  counts: Readonly<Record<State, number>>;
  /** Waiting photos that look like something nobody wants. */
  aside?: number;
  /** Age of the oldest waiting photo; null when none waits. */
  oldestHours: number | null;
  /** Embassies with waiting photos, most first. */
  embassies: readonly { slug: string; name: string; count: number }[];
  items: readonly QueueItem[];
  nextCursor: string | null;
  /** Whether some colleague's brake is on. */
  braked?: boolean;
  /** What became of what was just posted. */
  flash?: Flash | undefined;
}

export function QueuePage(props: QueuePageProps) {
  const { page, filter, view, counts, items, nextCursor, flash } = props;
  const { say } = page;
  return (
    <StaffLayout
      page={page}
      title={say('queue.title', { count: counts.waiting })}
      script="moderator"
    >
      {flash && <FlashBar page={page} filter={filter} flash={flash} />}
      {props.braked && (
        <p class="notice">
          {say('queue.braked')} <a href={href(page, '/moderation/brake')}>{say('brake.title')}</a>
        </p>
      )}
      <Head {...props} />
      <QueueTools {...props} />
      <Aside {...props} />
      {items.length === 0 ? (
        <Empty page={page} filter={filter} />
      ) : (
        <BulkForm page={page} filter={filter} view={view} items={items} />
      )}
      {nextCursor && (
        <p class="actions">
          <a
            class="button second"
            rel="next"
            href={href(page, '/moderation', {
              ...filterQuery(filter),
              view: view === 'list' ? view : undefined,
              cursor: nextCursor,
            })}
          >
            {say('queue.next')}
          </a>
        </p>
      )}
      <DeskScripts page={page} />
    </StaffLayout>
  );
}

/** How much there is to do, and where to begin. */
function Head({ page, filter, counts, oldestHours, items }: QueuePageProps) {
  const { say } = page;
  return (
    <div class="queue-head" data-part="head">
      <div>
        <h1>{say('queue.title', { count: counts.waiting })}</h1>
        {oldestHours !== null && (
          <p class="lead">{say('queue.oldest', { age: age(say, oldestHours) })}</p>
        )}
      </div>
      {items.length > 0 && filter.state === 'waiting' && (
        <a class="button start" href={href(page, '/moderation/next', filterQuery(filter))}>
          {say('queue.start')}
        </a>
      )}
    </div>
  );
}

/** What was set aside is in no other list, so somebody has to be told where it is. */
function Aside({ page, filter, aside = 0 }: QueuePageProps) {
  const { say } = page;
  if (filter.aside) return <p class="notice">{say('queue.aside.text')}</p>;
  if (filter.state !== 'waiting' || aside === 0) return null;
  return (
    <p class="hint">
      <a href={href(page, '/moderation', { aside: 'yes' })}>
        {say('queue.aside.link', { count: aside })}
      </a>
    </p>
  );
}

function Empty({ page, filter }: Pick<QueuePageProps, 'page' | 'filter'>) {
  const { say } = page;
  if (isNarrowed(filter)) return <p class="empty">{say('queue.empty.filtered')}</p>;
  return (
    <p class="empty">{say(filter.state === 'waiting' ? 'queue.empty.waiting' : 'queue.empty')}</p>
  );
}
