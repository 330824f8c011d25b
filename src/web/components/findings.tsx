import type { Say } from '../../i18n/say.ts';
import { checkSentence } from '../../i18n/sentences.ts';
import type { Check, Trace } from '../../submission/photo.ts';
import { Icon } from './icons.tsx';

/** The machine's hints, in words and shapes as well as in colour. */
export function CheckList({ say, checks }: { say: Say; checks: readonly Check[] }) {
  return (
    <ul class="checks">
      {checks.map((check) => (
        <li key={check.code + check.outcome} class={check.outcome} data-check={check.code}>
          <Icon shape={check.outcome} />
          <span>
            <strong>
              {say(`check.${check.code}`)}, {say(`outcome.${check.outcome}`)}:
            </strong>{' '}
            <span>{checkSentence(say, check)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What the sent file would have given away. */
export function RemovedList({ say, removed }: { say: Say; removed: readonly Trace[] }) {
  if (removed.length === 0) return <p>{say('removed.none')}</p>;
  return (
    <>
      <p>{say('removed.intro')}</p>
      <ul class="removed">
        {removed.map((trace) => (
          <li key={trace} data-trace={trace}>
            {say(`removed.${trace}`)}
          </li>
        ))}
      </ul>
    </>
  );
}
