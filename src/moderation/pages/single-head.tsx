import { Icon } from '../../web/components/icons.tsx';
import { href } from '../../web/page.ts';
import { filterQuery } from './item.ts';
import type { SubmissionPageProps } from './submission.tsx';

/** Where this photo stands in the list, with the ways to its neighbours and back. */
export function SingleHead(props: SubmissionPageProps) {
  const { page, filter, item, left, previousId, nextId } = props;
  const { say } = page;
  return (
    <div class="single-head">
      <a class="step" href={href(page, '/moderation', filterQuery(filter))} data-part="back">
        <Icon shape="queue" />
        <span class="hidden">{say('submission.back')}</span>
      </a>
      <div class="single-title">
        <h1 tabIndex={-1} dir="auto">
          {say('submission.title', { city: item.city })}
        </h1>
        <p data-part="left" data-left={left}>
          {say('desk.left', { count: say.number(left) })}
        </p>
      </div>
      <nav class="steps-aside" aria-label={say('desk.neighbours')}>
        <Step {...props} to={previousId} rel="prev" />
        <Step {...props} to={nextId} rel="next" />
      </nav>
    </div>
  );
}

type StepProps = SubmissionPageProps & { to: string | null; rel: 'prev' | 'next' };

function Step({ page, filter, to, rel }: StepProps) {
  const { say } = page;
  if (!to) return <span class="step" />;
  return (
    <a
      class="step"
      rel={rel}
      data-id={to}
      href={href(page, `/moderation/submissions/${to}`, filterQuery(filter))}
    >
      <Icon shape={rel === 'prev' ? 'back' : 'forward'} />
      <span class="hidden">{say(rel === 'prev' ? 'submission.previous' : 'submission.next')}</span>
    </a>
  );
}
