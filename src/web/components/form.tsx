import type { ComponentChildren, VNode } from 'preact';
import type { Say } from '../../i18n/say.ts';
import { fieldSentence } from '../../i18n/sentences.ts';
import type { FieldError, RefusalCode } from '../../submission/refusals.ts';
import type { PageContext, StaffContext } from '../page.ts';

/** What ties a control to its label, hint and error. */
export interface Control {
  id: string;
  name: string;
  'aria-describedby': string | undefined;
  'aria-invalid': 'true' | undefined;
}

interface FieldProps {
  name: string;
  label: string;
  hint?: ComponentChildren;
  error?: string | undefined;
  children: (control: Control) => VNode;
}

export const fieldId = (name: string) => `field-${name}`;

/** Label, hint, error and control, in the order they are read. */
export function Field({ name, label, hint, error, children }: FieldProps) {
  const id = fieldId(name);
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={id}>{label}</label>
      {hint && (
        <div class="hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      <FieldProblem name={name} error={error} />
      {children({
        id,
        name,
        'aria-describedby': described || undefined,
        'aria-invalid': error ? 'true' : undefined,
      })}
    </div>
  );
}

export function FieldProblem({ name, error }: { name: string; error: string | undefined }) {
  if (!error) return null;
  return (
    <p class="problem" id={`${fieldId(name)}-error`}>
      {error}
    </p>
  );
}

interface ChoicesProps {
  name: string;
  legend: string;
  hint?: string;
  error?: string | undefined;
  options: readonly { value: string; label: string; explained?: string }[];
  chosen: string | undefined;
}

/** Radio buttons, each with a sentence of its own where one helps. */
export function Choices({ name, legend, hint, error, options, chosen }: ChoicesProps) {
  const id = fieldId(name);
  const described = error ? `${id}-error` : undefined;
  return (
    <fieldset class={error ? 'field wrong' : 'field'} aria-describedby={described}>
      <legend>{legend}</legend>
      {hint && <p class="hint">{hint}</p>}
      <FieldProblem name={name} error={error} />
      {options.map(({ value, label, explained }, index) => {
        // The first one carries the field's id: the error summary links to it.
        const optionId = index === 0 ? id : `${id}-${value}`;
        return (
          <div class="option" key={value}>
            <input
              type="radio"
              id={optionId}
              name={name}
              value={value}
              checked={chosen === value}
              required
              aria-describedby={explained ? `${optionId}-explained` : undefined}
            />
            <label for={optionId}>{label}</label>
            {explained && (
              <p class="hint" id={`${optionId}-explained`}>
                {explained}
              </p>
            )}
          </div>
        );
      })}
    </fieldset>
  );
}

export interface FormRefusal {
  code: RefusalCode;
  fields: FieldError[];
  /** Seconds until it makes sense to send the form again. */
  retryAfter?: number | undefined;
}

interface ErrorSummaryProps {
  say: Say;
  refusal: FormRefusal;
  /** What the form calls its fields. */
  labels: Readonly<Record<string, string>>;
}

/** What went wrong, at the top of the form, with a way to each field. It takes the focus. */
export function ErrorSummary({ say, refusal, labels }: ErrorSummaryProps) {
  return (
    // biome-ignore lint/a11y/noAutofocus: without scripts nothing else leads to what went wrong
    <div class="notice wrong" role="alert" tabIndex={-1} autoFocus>
      <h2>{say(`refusal.${refusal.code}.title`)}</h2>
      <p>{say(`refusal.${refusal.code}.detail`)}</p>
      {refusal.fields.length > 0 && (
        <ul>
          {refusal.fields.map((error) => (
            <li key={error.field}>
              <a href={`#${fieldId(error.field)}`}>
                {labels[error.field] ?? error.field}
                {say.colon} {fieldSentence(say, error)}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Keeps the chosen language in a form that is sent by GET, which drops the query of its action. */
export function KeepLanguage({ page }: { page: PageContext }) {
  return page.lang ? <input type="hidden" name="lang" value={page.lang} /> : null;
}

export function Csrf({ page }: { page: StaffContext }) {
  return <input type="hidden" name="_csrf" value={page.csrf} />;
}
