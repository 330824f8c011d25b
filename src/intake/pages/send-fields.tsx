import type { Say } from '../../i18n/say.ts';
import { fieldSentence } from '../../i18n/sentences.ts';
import { PARTICIPANTS } from '../../submission/form.ts';
import { type EmbassyChoice, EmbassyOptions } from '../../web/components/embassies.tsx';
import { Choices, Field, type FormRefusal } from '../../web/components/form.tsx';
import type { PageContext } from '../../web/page.ts';

export interface SendPageProps {
  page: PageContext;
  embassies: readonly EmbassyChoice[];
  /** What was typed before, by field name. */
  values: Partial<Record<string, string>>;
  refusal?: FormRefusal | undefined;
  idempotencyKey: string;
}

export const FIELDS = [
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

export function PlaceFields({ page: { say }, embassies, values, refusal }: SendPageProps) {
  return (
    <section class="group">
      <h2>{say('send.place.title')}</h2>
      <Field {...words(say, 'embassy', refusal)} hint={say('send.embassy.hint')}>
        {(control) => (
          <select {...control} required>
            <option value="">{say('send.embassy.choose')}</option>
            <EmbassyOptions say={say} embassies={embassies} chosen={values.embassy} places />
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

export function PeopleFields({ page: { say }, values, refusal }: SendPageProps) {
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

type Refused = SendPageProps['refusal'];

function words(say: Say, name: FieldName, refusal: Refused) {
  return { name, label: say(`send.${name}.label`), error: problem(say, name, refusal) };
}

export function problem(say: Say, name: FieldName, refusal: Refused): string | undefined {
  const error = refusal?.fields.find(({ field }) => field === name);
  return error && fieldSentence(say, error);
}
