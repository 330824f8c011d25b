import { Icon } from '../../web/components/icons.tsx';
import { href, type StaffContext } from '../../web/page.ts';
import {
  age,
  claimedBy,
  filterQuery,
  mayReopen,
  type QueueFilter,
  type QueueItem,
} from './item.ts';
import { reasonWords } from './words.ts';

interface QueueCardProps {
  page: StaffContext;
  filter: QueueFilter;
  item: QueueItem;
}

/** One photo of the list, with what helps to choose the next one. */
export function QueueCard({ page, filter, item }: QueueCardProps) {
  const { say } = page;
  const { id, version, state, embassy, city, exposure } = item;
  const pick = `pick-${id}`;
  return (
    <li class="card" data-id={id} data-version={version}>
      <a class="thumb" href={href(page, `/moderation/submissions/${id}`, filterQuery(filter))}>
        <Thumb page={page} item={item} />
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
        <Notes page={page} item={item} />
        {(state === 'waiting' || mayReopen(item)) && (
          <div class="option">
            <input
              type="checkbox"
              id={pick}
              name="pick"
              value={`${id}:${version}`}
              autoComplete="off"
            />
            <label for={pick}>
              {say('queue.card.pick')} <span class="hidden">{city}</span>
            </label>
          </div>
        )}
      </div>
    </li>
  );
}

/** Never cut: what stands at the edge may be what matters. */
function Thumb({ page: { say }, item }: Omit<QueueCardProps, 'filter'>) {
  const { thumb, photo, city } = item;
  if (!thumb) return <span>{say('submission.no-picture')}</span>;
  return (
    <img
      src={thumb}
      width={photo?.width}
      height={photo?.height}
      alt={say('queue.card.open', { city })}
      loading="lazy"
      decoding="async"
    />
  );
}

function Notes({ page: { say }, item }: Omit<QueueCardProps, 'filter'>) {
  const { checks, decision, similar } = item;
  const warnings = checks.filter(({ outcome }) => outcome === 'warn');
  const colleague = claimedBy(item);
  return (
    <>
      {warnings.length > 0 && (
        <p class="warnings">
          <Icon shape="warn" />
          {warnings.map(({ code }) => say(`check.${code}`)).join(', ')}
        </p>
      )}
      {similar.length > 0 && (
        <p class="hint">{say('queue.card.alike', { count: similar.length })}</p>
      )}
      {colleague && <p class="claimed">{say('queue.card.claimed', { name: colleague })}</p>}
      {decision && (
        <p class="hint">
          {decision.by}
          {decision.reason && `: ${reasonWords(say, decision.reason)}`}
        </p>
      )}
    </>
  );
}
