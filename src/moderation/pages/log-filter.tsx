import { ACTS } from '../../submission/acts.ts';
import { REJECTION_REASONS } from '../../submission/states.ts';
import { Field, KeepLanguage } from '../../web/components/form.tsx';
import { href, type StaffContext } from '../../web/page.ts';
import { codeWords, reasonWords } from './words.ts';

/** What the reader chose to see of the log, as it stands in the address. */
export interface LogChoices {
  person?: string | undefined;
  act?: string | undefined;
  reason?: string | undefined;
  photo?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

interface LogFilterProps {
  page: StaffContext;
  choices: LogChoices;
  people: ReadonlyMap<string, string>;
  filtered: boolean;
}

/** Closed it says what is chosen, so that on a phone the log begins at once. */
export function LogFilter(props: LogFilterProps) {
  const { say } = props.page;
  const words = chosen(props);
  return (
    <details class="filter">
      <summary>
        {say('log.filter')}
        {words.length > 0 && (
          <span class="soft">
            {say.colon} {words.join(' · ')}
          </span>
        )}
      </summary>
      <LogFilterForm {...props} />
    </details>
  );
}

function chosen({ page: { say }, choices, people }: LogFilterProps): string[] {
  const { person, act, reason, photo, from, to } = choices;
  return [
    person && (people.get(person) ?? say('log.command-line')),
    act && codeWords(say, `decision.${act}`),
    reason && reasonWords(say, reason),
    photo,
    from && `${say('log.from')} ${say.day(from)}`,
    to && `${say('log.to')} ${say.day(to)}`,
  ].filter((words) => words !== undefined);
}

function LogFilterForm({ page, choices, people, filtered }: LogFilterProps) {
  const { say } = page;
  const acts = ACTS.map((act) => [act, say(`decision.${act}`)] as const);
  const reasons = REJECTION_REASONS.map((reason) => [reason, say(`reason.${reason}`)] as const);
  const everybody = [...people, ['command-line', say('log.command-line')] as const];
  const choose = (name: keyof LogChoices, label: string, options: Options) => (
    <Field name={name} label={label}>
      {(control) => (
        <select {...control}>
          <option value="">{say('log.all')}</option>
          {options.map(([value, text]) => (
            <option key={value} value={value} selected={value === choices[name]}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
  const day = (name: keyof LogChoices, label: string) => (
    <Field name={name} label={label}>
      {(control) => <input {...control} type="date" value={choices[name] ?? ''} />}
    </Field>
  );
  return (
    <form class="filter-form" method="get" action="/moderation/log">
      <KeepLanguage page={page} />
      {choose('person', say('log.moderator'), everybody)}
      {choose('act', say('log.decision'), acts)}
      {choose('reason', say('log.reason'), reasons)}
      <Field name="photo" label={say('log.photo.begins')}>
        {(control) => (
          <input {...control} type="text" value={choices.photo ?? ''} autoComplete="off" />
        )}
      </Field>
      {day('from', say('log.from'))}
      {day('to', say('log.to'))}
      <div class="actions">
        <button type="submit">{say('log.filter.submit')}</button>
        {filtered && (
          <a class="button second" href={href(page, '/moderation/log')}>
            {say('log.filter.clear')}
          </a>
        )}
      </div>
    </form>
  );
}

type Options = readonly (readonly [value: string, text: string])[];
