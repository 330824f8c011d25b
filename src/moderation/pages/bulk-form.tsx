import { Csrf } from '../../web/components/form.tsx';
import { href, type StaffContext } from '../../web/page.ts';
import { CriteriaBoxes, ReasonSelect } from './decision-fields.tsx';
import { filterQuery, type QueueFilter, type QueueItem } from './item.ts';
import { QueueCard } from './queue-card.tsx';

interface BulkFormProps {
  page: StaffContext;
  filter: QueueFilter;
  view: 'grid' | 'list';
  items: readonly QueueItem[];
}

/** The queue as one form: pick photos, then decide about all of them. */
export function BulkForm({ page, filter, view, items }: BulkFormProps) {
  const { say } = page;
  const list = (
    <ul class={`queue ${view}`} data-part="cards">
      {items.map((item) => (
        <QueueCard key={item.id} page={page} filter={filter} item={item} />
      ))}
    </ul>
  );
  const { state } = filter;
  if (state !== 'waiting' && state !== 'approved' && state !== 'rejected') return list;
  const query = { ...filterQuery(filter), view: view === 'list' ? view : undefined };
  return (
    <form class="bulk" method="post" action={href(page, '/moderation/decisions', query)}>
      <Csrf page={page} />
      {list}
      <div class="bulk-bar">
        <p class="pick-hint">{say('queue.pick.hint')}</p>
        {/* Counted by the style sheet where no script does it. */}
        <p class="picked" data-part="picked" role="status">
          {say('queue.picked', { count: '' })}
        </p>
        <button class="quiet" type="button" data-part="pick-all" hidden>
          {say('queue.pick.all')}
        </button>
        <div class="bulk-acts">
          {state === 'waiting' ? <Decide page={page} /> : <Reopen page={page} />}
        </div>
      </div>
    </form>
  );
}

/** Two sheets that open upwards, one at a time. */
function Decide({ page: { say } }: Pick<BulkFormProps, 'page'>) {
  return (
    <>
      <details class="sheet" name="sheet">
        <summary class="button danger">{say('reject.submit')}</summary>
        <div class="sheet-body">
          <h2>{say('queue.bulk.reject')}</h2>
          <ReasonSelect say={say} prefix="bulk" />
          <button class="danger" type="submit" name="decision" value="reject">
            {say('queue.bulk.reject.submit')}
          </button>
        </div>
      </details>
      <details class="sheet" name="sheet">
        <summary class="button">{say('approve.submit')}</summary>
        <div class="sheet-body">
          <fieldset class="field">
            <legend>{say('queue.bulk.approve')}</legend>
            <CriteriaBoxes say={say} prefix="bulk" />
          </fieldset>
          <button type="submit" name="decision" value="approve">
            {say('queue.bulk.approve.submit')}
          </button>
        </div>
      </details>
    </>
  );
}

function Reopen({ page: { say } }: Pick<BulkFormProps, 'page'>) {
  return (
    <button class="second" type="submit" name="decision" value="reopen">
      {say('queue.bulk.reopen.submit')}
    </button>
  );
}
