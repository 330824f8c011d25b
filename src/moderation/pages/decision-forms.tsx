import { Csrf, Field } from '../../web/components/form.tsx';
import { href, type StaffContext } from '../../web/page.ts';
import { CriteriaBoxes, ReasonSelect } from './decision-fields.tsx';
import type { QueueItem } from './item.ts';

interface DecisionFormsProps {
  page: StaffContext;
  item: QueueItem;
}

/** What can be decided now. Each form names the version it was decided on. */
export function DecisionForms({ page, item }: DecisionFormsProps) {
  if (item.state === 'waiting') {
    return (
      <div class="decide">
        <Approve page={page} item={item} />
        <Reject page={page} item={item} />
      </div>
    );
  }
  const held = item.photo !== null;
  const decided = item.state === 'approved' || item.state === 'rejected';
  return decided && held ? <Reopen page={page} item={item} /> : null;
}

function Approve({ page, item }: DecisionFormsProps) {
  const { say } = page;
  const hint = approvalHint(item);
  return (
    <form method="post" action={actionOf(page, item, 'approval')}>
      <Hidden page={page} item={item} />
      <fieldset>
        <legend>{say('approve.legend')}</legend>
        <CriteriaBoxes say={say} prefix="approve" />
        {hint && <p class="hint">{say(hint)}</p>}
        <button type="submit">{say('approve.submit')}</button>
      </fieldset>
    </form>
  );
}

function approvalHint({ exposure, needsCover }: QueueItem) {
  if (exposure === 'shown') return null;
  if (exposure === 'counted') return 'approve.counted';
  return needsCover ? 'approve.covered' : 'approve.covered.check';
}

function Reject({ page, item }: DecisionFormsProps) {
  const { say } = page;
  return (
    <form method="post" action={actionOf(page, item, 'rejection')}>
      <Hidden page={page} item={item} />
      <fieldset>
        <legend>{say('reject.legend')}</legend>
        <ReasonSelect say={say} prefix="field" required />
        <Field name="note" label={say('reject.note')}>
          {(control) => <textarea {...control} rows={2} />}
        </Field>
        <Field name="reply" label={say('reject.reply')} hint={say('reject.reply.hint')}>
          {(control) => <textarea {...control} rows={2} />}
        </Field>
        <button class="danger" type="submit">
          {say('reject.submit')}
        </button>
      </fieldset>
    </form>
  );
}

function Reopen({ page, item }: DecisionFormsProps) {
  const { say } = page;
  return (
    <form method="post" action={actionOf(page, item, 'reopening')}>
      <Hidden page={page} item={item} />
      <p>{say('reopen.text')}</p>
      <button class="second" type="submit">
        {say('reopen.submit')}
      </button>
    </form>
  );
}

function Hidden({ page, item }: DecisionFormsProps) {
  return (
    <>
      <Csrf page={page} />
      <input type="hidden" name="version" value={item.version} />
    </>
  );
}

function actionOf(page: StaffContext, item: QueueItem, act: string): string {
  return href(page, `/moderation/submissions/${item.id}/${act}`);
}
