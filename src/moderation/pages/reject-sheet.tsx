import { REJECTION_REASONS } from '../../submission/states.ts';
import { Field } from '../../web/components/form.tsx';
import { actionOf, type DecisionProps, Hidden } from './decision-form.tsx';
import { Key } from './key.tsx';

/** Opens upwards: each reason is a button of its own and rejects at once. */
export function RejectSheet(props: DecisionProps) {
  const { say } = props.page;
  return (
    <details class="sheet" name="sheet" data-part="reject">
      <summary class="button danger">
        {say('reject.submit')} <Key of="R" />
      </summary>
      <form class="sheet-body" method="post" action={actionOf(props, 'rejection')}>
        <Hidden {...props} />
        <details class="words">
          <summary>{say('reject.words')}</summary>
          <Field name="note" label={say('reject.note')}>
            {(control) => <textarea {...control} rows={2} dir="auto" autoComplete="off" />}
          </Field>
          <Field name="reply" label={say('reject.reply')} hint={say('reject.reply.hint')}>
            {(control) => <textarea {...control} rows={2} dir="auto" autoComplete="off" />}
          </Field>
        </details>
        <fieldset class="reasons">
          <legend>{say('reject.legend')}</legend>
          {REJECTION_REASONS.map((reason, index) => (
            <button key={reason} class="danger" type="submit" name="reason" value={reason}>
              <Key of={`${index + 1}`} /> <span>{say(`reason.${reason}`)}</span>
            </button>
          ))}
        </fieldset>
      </form>
    </details>
  );
}
