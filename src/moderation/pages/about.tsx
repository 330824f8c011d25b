import { type Fact, Facts } from '../../web/components/facts.tsx';
import type { StaffContext } from '../../web/page.ts';
import { age, CRITERIA, claimedBy, type ItemDecision, type QueueItem } from './item.ts';
import { OpenKeys } from './key.tsx';
import type { SubmissionPageProps } from './submission.tsx';
import { reasonWords } from './words.ts';

interface AboutProps {
  page: StaffContext;
  item: QueueItem;
}

/** What is known of the photo: what the sender wishes and wrote, who has it, what was decided. */
export function About({ page, item }: AboutProps) {
  const { say } = page;
  const facts: Fact[] = [
    [say('send.embassy.label'), item.embassy.name],
    [say('send.city.label'), item.city],
    [say('submission.state'), item.state === 'waiting' ? null : say(`state.${item.state}`)],
    [say('submission.age'), age(say, item.waitingHours)],
    [say('submission.participant'), say(`participant.${item.participant}`)],
  ];
  return (
    <div class="about">
      <Claimed page={page} item={item} />
      <Wish page={page} item={item} />
      {item.decision && <Decided page={page} decision={item.decision} />}
      <Wrote page={page} item={item} />
      <Facts facts={facts} />
      <OpenKeys say={say} />
    </div>
  );
}

/** Empty until a colleague has it open: scripts fill it in. */
function Claimed({ page: { say }, item }: AboutProps) {
  const name = claimedBy(item);
  return (
    <p class="claimed" data-part="claimed" data-by={name} role="status">
      {name && say('browser.desk.claimed', { name })}
    </p>
  );
}

/** How much of it may be seen, where that is less than all. */
function Wish({ page: { say }, item }: AboutProps) {
  const { exposure, covers } = item;
  if (exposure === 'shown') return null;
  const hint = covers === 0 ? 'approve.covered' : 'approve.covered.check';
  return (
    <div class={`wish ${exposure}`}>
      <strong>{say(`exposure.${exposure}`)}</strong>
      <p>{say(exposure === 'counted' ? 'approve.counted' : hint)}</p>
    </div>
  );
}

function Wrote({ page: { say }, item: { name, message } }: AboutProps) {
  if (!name && !message) return null;
  return (
    <section class="wrote" aria-label={say('desk.wrote')}>
      {message && <blockquote dir="auto">{message}</blockquote>}
      {name && (
        <p dir="auto">
          <bdi>{name}</bdi>
        </p>
      )}
    </section>
  );
}

function Decided({ page: { say }, decision }: { page: StaffContext; decision: ItemDecision }) {
  const { by, at, reason, criteria, note } = decision;
  const seen = criteria && CRITERIA.filter((criterion) => criteria[criterion]);
  return (
    <section class="notice">
      <h2>{say('submission.decided')}</h2>
      <p>{say('submission.decided.by', { moderator: by, at: say.moment(at) })}</p>
      {reason && <p>{reasonWords(say, reason)}</p>}
      {seen && <p>{seen.map((criterion) => say(`criterion.${criterion}`)).join(', ')}</p>}
      {note && <p dir="auto">{note}</p>}
    </section>
  );
}

type Notice = NonNullable<SubmissionPageProps['notice']>;

/** What a colleague decided before. */
export function TooLate({ page: { say }, notice }: { page: StaffContext; notice: Notice }) {
  const { state, decidedBy, reason } = notice;
  const values = { state: say(`state.${state}`) };
  return (
    <div class="notice wrong" role="alert">
      <h2>{say('refusal.decided-already.title')}</h2>
      <p>
        {decidedBy
          ? say('submission.late.by', { ...values, moderator: decidedBy })
          : say('submission.late', values)}
      </p>
      {reason && <p>{reasonWords(say, reason)}</p>}
    </div>
  );
}
