import { CriteriaToggles } from './decision-fields.tsx';
import { actionOf, type DecisionProps, Hidden } from './decision-form.tsx';
import { mayReopen } from './item.ts';
import { Key } from './key.tsx';
import { RejectSheet } from './reject-sheet.tsx';

/** What can be decided now, always at the same place. Each form names the version it decides on. */
export function DecisionBar(props: DecisionProps) {
  const { page, item } = props;
  const { say } = page;
  if (item.state === 'waiting') {
    return (
      <section class="decide" aria-label={say('desk.decide')} data-part="decide">
        <Approve {...props} />
        <RejectSheet {...props} />
        <button class="approve" type="submit" form="approve">
          <span>
            {say('approve.submit')} <Key of="A" />
          </span>
          <small data-part="means" />
        </button>
      </section>
    );
  }
  return mayReopen(item) ? <Reopen {...props} /> : null;
}

function Approve(props: DecisionProps) {
  const { page, item } = props;
  return (
    <form id="approve" method="post" action={actionOf(props, 'approval')}>
      <Hidden {...props} />
      <CriteriaToggles say={page.say} item={item} />
    </form>
  );
}

function Reopen(props: DecisionProps) {
  const { say } = props.page;
  return (
    <form class="decide reopen" method="post" action={actionOf(props, 'reopening')}>
      <Hidden {...props} />
      <p>{say('reopen.text')}</p>
      <button class="second" type="submit">
        {say('reopen.submit')}
      </button>
    </form>
  );
}
