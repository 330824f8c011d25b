import type { Say } from '../../i18n/say.ts';
import { REJECTION_REASONS } from '../../submission/states.ts';
import { CRITERIA } from './item.ts';

interface FieldsProps {
  say: Say;
  /** Keeps ids apart where a page has these fields twice. */
  prefix: string;
}

/** What is seen in the photo. Nothing is ticked for the moderator. */
export function CriteriaBoxes({ say, prefix }: FieldsProps) {
  return CRITERIA.map((criterion) => {
    const id = `${prefix}-${criterion}`;
    return (
      <div class="option" key={criterion}>
        <input type="checkbox" id={id} name={criterion} value="yes" />
        <label for={id}>{say(`criterion.${criterion}`)}</label>
      </div>
    );
  });
}

export function ReasonSelect({ say, prefix, required }: FieldsProps & { required?: boolean }) {
  const id = `${prefix}-reason`;
  return (
    <div class="field">
      <label for={id}>{say('reject.reason')}</label>
      <select id={id} name="reason" required={required}>
        <option value="">{say('reject.choose')}</option>
        {REJECTION_REASONS.map((reason) => (
          <option key={reason} value={reason}>
            {say(`reason.${reason}`)}
          </option>
        ))}
      </select>
    </div>
  );
}
