import type { State } from '../../submission/states.ts';
import { Csrf } from '../../web/components/form.tsx';
import { Icon } from '../../web/components/icons.tsx';
import { href, type StaffContext } from '../../web/page.ts';
import { CriteriaBoxes, ReasonSelect } from './decision-fields.tsx';
import { age, type QueueItem } from './item.ts';

interface BulkFormProps {
  page: StaffContext;
  state: State;
  items: readonly QueueItem[];
}

/** The queue as one form: pick photos, then decide about all of them. */
export function BulkForm({ page, state, items }: BulkFormProps) {
  const { say } = page;
  const list = (
    <ul class="queue">
      {items.map((item) => (
        <QueueCard key={item.id} page={page} item={item} />
      ))}
    </ul>
  );
  if (state !== 'waiting') return list;
  return (
    <form method="post" action={href(page, '/moderation/decisions')}>
      <Csrf page={page} />
      {list}
      <div class="pair decide">
        <fieldset>
          <legend>{say('queue.bulk.approve')}</legend>
          <CriteriaBoxes say={say} prefix="bulk" />
          <button type="submit" name="decision" value="approve">
            {say('queue.bulk.approve.submit')}
          </button>
        </fieldset>
        <fieldset>
          <legend>{say('queue.bulk.reject')}</legend>
          <ReasonSelect say={say} prefix="bulk" />
          <button class="danger" type="submit" name="decision" value="reject">
            {say('queue.bulk.reject.submit')}
          </button>
        </fieldset>
      </div>
    </form>
  );
}

function QueueCard({ page, item }: { page: StaffContext; item: QueueItem }) {
  const { say } = page;
  const { id, version, state, thumb, embassy, city, exposure, checks } = item;
  const pick = `pick-${id}`;
  const warnings = checks.filter(({ outcome }) => outcome === 'warn');
  return (
    <li class="card">
      <a class="thumb" href={href(page, `/moderation/submissions/${id}`)}>
        {thumb ? (
          <img src={thumb} alt={say('queue.card.open', { city })} loading="lazy" />
        ) : (
          <span>{say('submission.no-picture')}</span>
        )}
      </a>
      <div class="card-text">
        <p>
          <strong>
            <bdi>{city}</bdi>
          </strong>
          <br />
          {embassy.name}
        </p>
        <p class="hint">
          {age(say, item.waitingHours)} · {say(`exposure.${exposure}`)}
        </p>
        {warnings.length > 0 && (
          <p class="warnings">
            <Icon shape="warn" />
            {warnings.map(({ code }) => say(`check.${code}`)).join(', ')}
          </p>
        )}
        {state === 'waiting' && (
          <div class="option">
            <input type="checkbox" id={pick} name="pick" value={`${id}:${version}`} />
            <label for={pick}>
              {say('queue.card.pick')} <span class="hidden">{city}</span>
            </label>
          </div>
        )}
      </div>
    </li>
  );
}
