import { EXPOSURES } from '../../submission/exposure.ts';
import { STATES } from '../../submission/states.ts';
import { Field, KeepLanguage } from '../../web/components/form.tsx';
import { href } from '../../web/page.ts';
import { filterQuery, type QueueFilter } from './item.ts';
import { OpenKeys } from './key.tsx';
import type { QueuePageProps } from './queue.tsx';

/** Whether a filter shows less than a whole state. */
export function isNarrowed({ embassy, exposure, warned, aside }: QueueFilter): boolean {
  return Boolean(embassy || exposure || warned || aside);
}

/** What the list shows, and how. */
export function QueueTools(props: QueuePageProps) {
  const { page, filter } = props;
  const { say } = page;
  const whole = filter.state === 'waiting' && !isNarrowed(filter);
  return (
    <div class="queue-tools">
      <details class="filter">
        <summary>
          {say('queue.filter')}
          {say.colon} <span class="chosen">{chosen(props).join(' · ')}</span>
        </summary>
        <FilterForm {...props} />
      </details>
      {!whole && (
        <a class="clear" href={href(page, '/moderation')}>
          {say('queue.filter.clear')}
        </a>
      )}
      <ViewChoice {...props} />
      <OpenKeys say={say} />
    </div>
  );
}

function chosen({ page: { say }, filter, embassies }: QueuePageProps): string[] {
  const { state, embassy, exposure, warned, aside } = filter;
  return [
    say(`state.${state}`),
    embassy && (embassies.find(({ slug }) => slug === embassy)?.name ?? embassy),
    exposure && say(`exposure.${exposure}`),
    warned && say('queue.filter.warned'),
    aside && say('queue.filter.aside'),
  ].filter((text) => text !== undefined);
}

/** A form that is sent by GET: an address says what is shown. */
function FilterForm({ page, filter, view, counts, embassies }: QueuePageProps) {
  const { say } = page;
  const { state, embassy, exposure } = filter;
  return (
    <form class="filter-form" method="get" action="/moderation">
      <KeepLanguage page={page} />
      {view === 'list' && <input type="hidden" name="view" value="list" />}
      <Field name="state" label={say('submission.state')}>
        {(control) => (
          <select {...control}>
            {STATES.map((each) => (
              <option key={each} value={each} selected={each === state}>
                {say(`state.${each}`)} ({say.number(counts[each])})
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field name="embassy" label={say('send.embassy.label')}>
        {(control) => (
          <select {...control}>
            <option value="">{say('queue.filter.every')}</option>
            {embassies.map(({ slug, name, count }) => (
              <option key={slug} value={slug} selected={slug === embassy}>
                {name} ({say.number(count)})
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field name="exposure" label={say('submission.exposure')}>
        {(control) => (
          <select {...control}>
            <option value="">{say('queue.filter.every')}</option>
            {EXPOSURES.map((each) => (
              <option key={each} value={each} selected={each === exposure}>
                {say(`exposure.${each}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {(['warned', 'aside'] as const).map((name) => (
        <div key={name} class="option">
          <input
            type="checkbox"
            id={`field-${name}`}
            name={name}
            value="yes"
            checked={filter[name] === 'yes'}
          />
          <label for={`field-${name}`}>{say(`queue.filter.${name}`)}</label>
        </div>
      ))}
      <p class="actions">
        <button type="submit">{say('queue.filter.submit')}</button>
      </p>
    </form>
  );
}

function ViewChoice({ page, filter, view }: QueuePageProps) {
  const { say } = page;
  const { cursor } = page.query ?? {};
  return (
    <nav aria-label={say('queue.view')}>
      <ul class="views">
        {(['grid', 'list'] as const).map((each) => (
          <li key={each}>
            <a
              href={href(page, '/moderation', {
                ...filterQuery(filter),
                view: each === 'list' ? each : undefined,
                cursor,
              })}
              aria-current={each === view ? 'true' : undefined}
            >
              {say(`queue.view.${each}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
