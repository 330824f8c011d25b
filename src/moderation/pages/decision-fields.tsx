import { isMessage } from '../../i18n/messages.ts';
import type { Say } from '../../i18n/say.ts';
import type { Check, CheckCode } from '../../submission/photo.ts';
import { type Criteria, REJECTION_REASONS } from '../../submission/states.ts';
import { CRITERIA, type QueueItem } from './item.ts';
import { Key } from './key.tsx';

interface FieldsProps {
  say: Say;
  /** Keeps ids apart where a page has these fields twice. */
  prefix: string;
}

/** What is seen in the photos. Nothing is ticked for the moderator. */
export function CriteriaBoxes({ say, prefix }: FieldsProps) {
  return CRITERIA.map((criterion) => {
    const id = `${prefix}-${criterion}`;
    return (
      <div class="option" key={criterion}>
        <input type="checkbox" id={id} name={criterion} value="yes" autoComplete="off" />
        <label for={id}>{say(`criterion.${criterion}`)}</label>
      </div>
    );
  });
}

export function ReasonSelect({ say, prefix }: FieldsProps) {
  const id = `${prefix}-reason`;
  return (
    <div class="field">
      <label for={id}>{say('reject.reason')}</label>
      <select id={id} name="reason" autoComplete="off">
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

/** Which of the machine's checks speaks about which criterion. */
export const SPEAKS_OF: Partial<Record<CheckCode, keyof Criteria>> = {
  rainbow: 'flag',
  place: 'embassy',
};

/** The three criteria as large switches, each with the machine's hint; a fourth for covered faces. */
export function CriteriaToggles({ say, item }: { say: Say; item: QueueItem }) {
  return (
    <fieldset class="toggles">
      <legend class="hidden">{say('approve.legend')}</legend>
      {CRITERIA.map((criterion, index) => (
        <Toggle
          key={criterion}
          name={criterion}
          number={index + 1}
          label={say(`desk.see.${criterion}`)}
          explained={say(`criterion.${criterion}`)}
          hint={hintFor(say, criterion, item.checks)}
        />
      ))}
      {item.needsCover && (
        <Toggle
          name="facesCovered"
          number={CRITERIA.length + 1}
          label={say('desk.see.faces')}
          explained={say('desk.see.faces')}
        />
      )}
    </fieldset>
  );
}

interface ToggleProps {
  name: string;
  number: number;
  label: string;
  explained: string;
  hint?: { outcome: string; text: string } | undefined;
}

function Toggle({ name, number, label, explained, hint }: ToggleProps) {
  const id = `see-${name}`;
  return (
    <div class="toggle" title={explained}>
      <input
        type="checkbox"
        id={id}
        name={name}
        value="yes"
        required
        autoComplete="off"
        aria-describedby={hint && `${id}-hint`}
      />
      <label for={id}>
        <Key of={`${number}`} /> <span data-part="label">{label}</span>
      </label>
      {hint && (
        <small id={`${id}-hint`} class={hint.outcome}>
          {hint.text}
        </small>
      )}
    </div>
  );
}

function hintFor(say: Say, criterion: keyof Criteria, checks: readonly Check[]) {
  const check = checks.find(({ code }) => SPEAKS_OF[code] === criterion);
  const key = check && `desk.hint.${check.code}.${check.finding}`;
  return key && isMessage(key) ? { outcome: check.outcome, text: say(key) } : undefined;
}
