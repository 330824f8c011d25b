import type { FieldError, RefusalCode } from '../../submission/refusals.ts';
import type { State } from '../../submission/states.ts';
import { type Fact, Facts } from '../../web/components/facts.tsx';
import { CheckList } from '../../web/components/findings.tsx';
import { ErrorSummary } from '../../web/components/form.tsx';
import { StaffLayout } from '../../web/layout.tsx';
import { href, type StaffContext } from '../../web/page.ts';
import { DecisionForms } from './decision-forms.tsx';
import {
  age,
  CRITERIA,
  type Flash,
  type ItemDecision,
  type QueueFilter,
  type QueueItem,
} from './item.ts';
import { reasonWords } from './words.ts';

export interface SubmissionPageProps {
  page: StaffContext;
  /** The list it is one of. */
  filter: QueueFilter;
  item: QueueItem;
  /** The look-alikes of `item.similar`. */
  similar: readonly { id: string; thumb: string | null; state: State }[];
  /** A decision came too late: what a colleague, or the supporter (null), decided before. */
  notice?: { state: State; decidedBy: string | null; reason?: string | null } | undefined;
  /** Why the decision just sent could not be taken, such as `covers-needed`. */
  refusal?: { code: RefusalCode; fields: FieldError[] } | undefined;
  flash?: Flash | undefined;
  /** Its neighbours in the list. */
  nextId: string | null;
  previousId: string | null;
  /** All, for a correction. */
  embassies: readonly { slug: string; name: string }[];
  /** How many the list has. */
  left: number;
}

export function SubmissionPage(props: SubmissionPageProps) {
  const { page, item, notice, refusal, nextId } = props;
  const { say } = page;
  const title = say('submission.title', { city: item.city });
  return (
    <StaffLayout page={page} title={title}>
      {notice && <TooLate page={page} notice={notice} />}
      {refusal && (
        <ErrorSummary say={say} refusal={refusal} labels={{ reason: say('reject.reason') }} />
      )}
      <p class="path">
        <a href={href(page, '/moderation', { state: item.state })}>
          {say('submission.back', { state: say(`state.${item.state}`) })}
        </a>
        {nextId && (
          <a href={href(page, `/moderation/submissions/${nextId}`)}>{say('submission.next')}</a>
        )}
      </p>
      <div class="desk">
        <Photo page={page} item={item} />
        <div>
          <h1>{title}</h1>
          <AboutItem page={page} item={item} />
          {item.decision && <Decided page={page} decision={item.decision} />}
          <DecisionForms page={page} item={item} />
        </div>
        <div>
          <section>
            <h2>{say('submission.checks')}</h2>
            <CheckList say={say} checks={item.checks} />
          </section>
          <Similar {...props} />
        </div>
      </div>
    </StaffLayout>
  );
}

function TooLate({
  page: { say },
  notice: { state, decidedBy, reason },
}: {
  page: StaffContext;
  notice: NonNullable<SubmissionPageProps['notice']>;
}) {
  return (
    <div class="notice wrong" role="alert">
      <h2>{say('refusal.decided-already.title')}</h2>
      <p>
        {decidedBy
          ? say('submission.late.by', { state: say(`state.${state}`), moderator: decidedBy })
          : say('submission.late', { state: say(`state.${state}`) })}
      </p>
      {reason && <p>{reasonWords(say, reason)}</p>}
    </div>
  );
}

function Photo({ page: { say }, item }: { page: StaffContext; item: QueueItem }) {
  if (!item.photo) return <p class="empty">{say('submission.no-picture')}</p>;
  const { url, width, height } = item.photo;
  return (
    <a class="preview" href={url}>
      <img src={url} width={width} height={height} alt={say('submission.photo-alt')} />
    </a>
  );
}

function AboutItem({ page: { say }, item }: { page: StaffContext; item: QueueItem }) {
  const facts: Fact[] = [
    [say('send.embassy.label'), item.embassy.name],
    [say('submission.state'), say(`state.${item.state}`)],
    [say('submission.age'), age(say, item.waitingHours)],
    [say('submission.exposure'), say(`exposure.${item.exposure}`)],
    [say('submission.participant'), say(`participant.${item.participant}`)],
    [say('submission.name'), item.name],
    [say('submission.message'), item.message],
  ];
  return <Facts facts={facts} />;
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

function Similar({ page, similar }: SubmissionPageProps) {
  const { say } = page;
  return (
    <section>
      <h2>{say('submission.similar')}</h2>
      {similar.length === 0 && <p>{say('submission.similar.none')}</p>}
      <ul class="similar">
        {similar.map(({ id, thumb, state }) => (
          <li key={id}>
            <a href={href(page, `/moderation/submissions/${id}`)}>
              {thumb && <img src={thumb} alt="" loading="lazy" />}
              {say(`state.${state}`)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
