import { campaign } from '../../campaign/campaign.ts';
import { fieldSentence } from '../../i18n/sentences.ts';
import { EXPOSURES } from '../../submission/exposure.ts';
import { PARTICIPANTS } from '../../submission/form.ts';
import { type EmbassyChoice, EmbassyOptions } from '../../web/components/embassies.tsx';
import {
  Choices,
  ErrorSummary,
  Field,
  FieldProblem,
  type FormRefusal,
  fieldId,
} from '../../web/components/form.tsx';
import { Layout } from '../../web/layout.tsx';
import { href, type PageContext } from '../../web/page.ts';

export interface SendPageProps {
  page: PageContext;
  embassies: readonly EmbassyChoice[];
  /** What was typed before, by field name. */
  values: Partial<Record<string, string>>;
  refusal?: FormRefusal | undefined;
  idempotencyKey: string;
}

const FIELDS = [
  'embassy',
  'city',
  'participant',
  'name',
  'message',
  'exposure',
  'email',
  'consent',
  'photo',
] as const;
type FieldName = (typeof FIELDS)[number];

export function SendPage(props: SendPageProps) {
  const { page, refusal, idempotencyKey } = props;
  const { say } = page;
  const labels = Object.fromEntries(FIELDS.map((name) => [name, say(`send.${name}.label`)]));
  const title = refusal ? say('send.title-refused') : say('send.title');
  return (
    <Layout page={page} title={title}>
      {refusal && <ErrorSummary say={say} refusal={refusal} labels={labels} />}
      <h1>{say('send.title')}</h1>
      <p class="lead">{say('send.lead', { slogan: campaign.slogan })}</p>
      <form method="post" action={href(page, '/send')} encType="multipart/form-data">
        <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
        <input type="hidden" name="locale" value={say.locale} />
        <PlaceFields {...props} />
        <PeopleFields {...props} />
        <ConsentFields {...props} />
        <PhotoField {...props} />
        <p class="hint">{say('send.wait')}</p>
        <button type="submit">{say('send.submit')}</button>
      </form>
    </Layout>
  );
}

function PlaceFields({ page: { say }, embassies, values, refusal }: SendPageProps) {
  return (
    <section class="group">
      <h2>{say('send.place.title')}</h2>
      <Field {...words(say, 'embassy', refusal)} hint={say('send.embassy.hint')}>
        {(control) => (
          <select {...control} required>
            <option value="">{say('send.embassy.choose')}</option>
            <EmbassyOptions say={say} embassies={embassies} chosen={values.embassy} />
          </select>
        )}
      </Field>
      <Field {...words(say, 'city', refusal)} hint={say('send.city.hint')}>
        {(control) => (
          <input {...control} type="text" value={values.city} required autoComplete="off" />
        )}
      </Field>
    </section>
  );
}

function PeopleFields({ page: { say }, values, refusal }: SendPageProps) {
  return (
    <section class="group">
      <h2>{say('send.people.title')}</h2>
      <Choices
        name="participant"
        legend={say('send.participant.label')}
        error={problem(say, 'participant', refusal)}
        options={PARTICIPANTS.map((value) => ({ value, label: say(`participant.${value}`) }))}
        chosen={values.participant ?? 'person'}
      />
      <Field {...words(say, 'name', refusal)} hint={say('send.name.hint')}>
        {(control) => (
          <input {...control} type="text" value={values.name} autoComplete="nickname" />
        )}
      </Field>
      <Field {...words(say, 'message', refusal)} hint={say('send.message.hint')}>
        {(control) => (
          <textarea {...control} rows={4}>
            {values.message}
          </textarea>
        )}
      </Field>
      <Field {...words(say, 'email', refusal)} hint={say('send.email.hint')}>
        {(control) => <input {...control} type="email" value={values.email} autoComplete="email" />}
      </Field>
    </section>
  );
}

function ConsentFields({ page: { say }, values, refusal }: SendPageProps) {
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
function PhotoField({ page: { say }, refusal }: SendPageProps) {
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
            {refusal && <p>{say('send.photo.again')}</p>}
          </>
        }
      >
        {(control) => <input {...control} type="file" accept="image/*" required />}
      </Field>
    </section>
  );
}

type SayIn = PageContext['say'];
type Refused = SendPageProps['refusal'];

function words(say: SayIn, name: FieldName, refusal: Refused) {
  return { name, label: say(`send.${name}.label`), error: problem(say, name, refusal) };
}

function problem(say: SayIn, name: FieldName, refusal: Refused): string | undefined {
  const error = refusal?.fields.find(({ field }) => field === name);
  return error && fieldSentence(say, error);
}
