import { STATES, type State } from '../../submission/states.ts';
import { StaffLayout } from '../../web/layout.tsx';
import { href, type StaffContext } from '../../web/page.ts';
import { BulkForm } from './bulk-form.tsx';
import { age, type Flash, type QueueFilter, type QueueItem } from './item.ts';

export interface QueuePageProps {
  page: StaffContext;
  filter: QueueFilter;
  view: 'grid' | 'list';
  counts: Readonly<Record<State, number>>;
  /** Age of the oldest waiting photo; null when none waits. */
  oldestHours: number | null;
  /** Embassies with waiting photos, most first. */
  embassies: readonly { slug: string; name: string; count: number }[];
  items: readonly QueueItem[];
  nextCursor: string | null;
  flash?: Flash | undefined;
}

export function QueuePage(props: QueuePageProps) {
  const { page, filter, counts, oldestHours, items, nextCursor, flash } = props;
  const { state } = filter;
  const { say } = page;
  return (
    <StaffLayout page={page} title={say('queue.title', { count: counts.waiting })}>
      {flash && <Outcomes page={page} done={flash.done} stale={flash.late} />}
      <h1>{say('queue.title', { count: counts.waiting })}</h1>
      {oldestHours !== null && (
        <p class="lead">{say('queue.oldest', { age: age(say, oldestHours) })}</p>
      )}
      <nav aria-label={say('queue.states')}>
        <ul class="tabs">
          {STATES.map((each) => (
            <li key={each}>
              <a
                href={href(page, '/moderation', { state: each })}
                aria-current={each === state ? 'page' : undefined}
              >
                {say(`state.${each}`)} <span class="count">{say.number(counts[each])}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {items.length === 0 ? (
        <p class="empty">{say(state === 'waiting' ? 'queue.empty.waiting' : 'queue.empty')}</p>
      ) : (
        <BulkForm page={page} state={state} items={items} />
      )}
      {nextCursor && (
        <p class="actions">
          <a
            class="button second"
            rel="next"
            href={href(page, '/moderation', { state, cursor: nextCursor })}
          >
            {say('queue.next')}
          </a>
        </p>
      )}
    </StaffLayout>
  );
}

function Outcomes({
  page: { say },
  done,
  stale,
}: {
  page: StaffContext;
  done: number;
  stale: number;
}) {
  return (
    <div class={stale > 0 ? 'notice' : 'notice done'} role="status">
      <p>{say('queue.outcomes.done', { count: done })}</p>
      {stale > 0 && <p>{say('queue.outcomes.stale', { count: stale })}</p>}
    </div>
  );
}
