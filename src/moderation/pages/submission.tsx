import type { FieldError, RefusalCode } from '../../submission/refusals.ts';
import type { State } from '../../submission/states.ts';
import { ErrorSummary } from '../../web/components/form.tsx';
import { StaffLayout } from '../../web/layout.tsx';
import type { StaffContext } from '../../web/page.ts';
import { About, TooLate } from './about.tsx';
import { CoverEditor } from './cover-editor.tsx';
import { DecisionBar } from './decision-bar.tsx';
import { DeskScripts } from './desk-scripts.tsx';
import { EditForm } from './edit-form.tsx';
import { FlashBar } from './flash.tsx';
import type { Flash, QueueFilter, QueueItem } from './item.ts';
import { Hints, Picture, Similar } from './picture.tsx';
import { SingleHead } from './single-head.tsx';

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

/** One photo, as large as the screen allows, and everything that helps to decide about it. */
export function SubmissionPage(props: SubmissionPageProps) {
  const { page, filter, item, notice, refusal, flash } = props;
  const { say } = page;
  return (
    <StaffLayout
      page={page}
      title={say('submission.title', { city: item.city })}
      script="moderator"
    >
      <div
        class="single"
        data-part="single"
        data-id={item.id}
        data-version={item.version}
        data-state={item.state}
        data-city={item.city}
        data-by={item.decision?.by}
      >
        <SingleHead {...props} />
        {flash && <FlashBar page={page} filter={filter} flash={flash} />}
        {notice && <TooLate page={page} notice={notice} />}
        {refusal && <ErrorSummary say={say} refusal={refusal} labels={labels(page)} />}
        <div class="desk">
          <Picture page={page} item={item} />
          <CoverEditor page={page} filter={filter} item={item} open={refersTo(refusal, 'areas')} />
          <About page={page} item={item} />
          <div class="more">
            <Hints say={say} checks={item.checks} />
            <Similar {...props} />
            <EditForm {...props} />
          </div>
          <DecisionBar page={page} filter={filter} item={item} />
        </div>
      </div>
      <DeskScripts page={page} />
    </StaffLayout>
  );
}

function refersTo(refusal: SubmissionPageProps['refusal'], name: string): boolean {
  return refusal?.fields.some(({ field }) => field === name) ?? false;
}

function labels({ say }: StaffContext): Record<string, string> {
  return {
    reason: say('reject.reason'),
    note: say('reject.note'),
    reply: say('reject.reply'),
    place: say('send.embassy.label'),
    city: say('send.city.label'),
    alt: say('edit.alt'),
    areas: say('cover.title'),
  };
}
