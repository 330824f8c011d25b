import { campaign } from '../../campaign/campaign.ts';
import { EXPOSURES } from '../../submission/exposure.ts';
import { Choices, Field, FieldProblem, fieldId } from '../../web/components/form.tsx';
import { problem, type SendPageProps } from './send-fields.tsx';

export function ConsentFields({ page: { say }, values, refusal }: SendPageProps) {
  const id = fieldId('consent');
  const error = problem(say, 'consent', refusal);
  return (
    <section class="group">
      <h2>{say('send.exposure.title')}</h2>
      <Choices
        name="exposure"
        legend={say('send.exposure.label')}
        hint={say('send.exposure.hint')}
        error={problem(say, 'exposure', refusal)}
        options={EXPOSURES.map((value) => ({
          value,
          label: say(`exposure.${value}`),
          explained: say(`exposure.${value}.explained`),
        }))}
        chosen={values.exposure}
      />
      <div class="notice">
        <h3>{say('send.cannot.title')}</h3>
        <p>{say('send.cannot.text')}</p>
      </div>
      <div class={error ? 'field wrong' : 'field'}>
        <FieldProblem name="consent" error={error} />
        <div class="option">
          <input
            type="checkbox"
            id={id}
            name="consent"
            value="yes"
            required
            checked={values.consent === 'yes'}
            aria-describedby={error ? `${id}-error ${id}-more` : `${id}-more`}
            aria-invalid={error ? 'true' : undefined}
          />
          <label for={id}>{say('consent.text')}</label>
          <p class="hint" id={`${id}-more`}>
            {say('consent.more', { version: campaign.consentVersion })}
          </p>
        </div>
      </div>
    </section>
  );
}

/** Last in the form, so that everything else has arrived before the long part begins. */
export function PhotoField({ page: { say }, values, refusal }: SendPageProps) {
  const { draft } = values;
  const ofPhoto = refusal?.code.startsWith('photo-') && say(`refusal.${refusal.code}.detail`);
  return (
    <section class="group">
      <h2>{say('send.photo.title')}</h2>
      <Field
        name="photo"
        label={say('send.photo.label')}
        error={problem(say, 'photo', refusal) ?? (ofPhoto || undefined)}
        hint={
          <>
            <p>{say('send.photo.limits')}</p>
            <p>{say('send.photo.clean')}</p>
            {refusal && <p>{say(draft ? 'send.photo.kept' : 'send.photo.again')}</p>}
          </>
        }
      >
        {(control) => <input {...control} type="file" accept="image/*" required={!draft} />}
      </Field>
      {draft && <input type="hidden" name="draft" value={draft} />}
    </section>
  );
}
