import { LOCALES } from '../../i18n/messages.ts';
import { sayIn } from '../../i18n/say.ts';
import { Field, KeepLanguage } from '../../web/components/form.tsx';
import { LAYOUTS, THEMES } from '../embed/options.ts';
import type { KitPageProps } from './kit.tsx';
import { PlaceFields } from './place-fields.tsx';

/** What to show, and how; a plain form, so that its address can be kept and sent to somebody. */
export function KitForm({ page, query, embassies }: Omit<KitPageProps, 'snippets' | 'checked'>) {
  const { say } = page;
  return (
    <form class="group filter-form" method="get" action="/embed/kit#snippets">
      <KeepLanguage page={page} />
      <PlaceFields
        say={say}
        embassies={embassies}
        country={query.country}
        embassy={query.embassy}
      />
      <Field name="limit" label={say('kit.limit')}>
        {(control) => <input {...control} type="number" min="1" max="100" value={query.limit} />}
      </Field>
      <Choice
        name="language"
        label={say('kit.language')}
        chosen={query.language ?? ''}
        options={[
          ['', say('kit.language.reader')],
          ...LOCALES.map((locale): Option => [locale, sayIn(locale)('language.name')]),
        ]}
      />
      <Choice
        name="layout"
        label={say('kit.layout')}
        chosen={query.layout}
        options={LAYOUTS.map((layout) => [layout, say(`kit.layout.${layout}`)])}
      />
      <Choice
        name="theme"
        label={say('kit.theme')}
        chosen={query.theme}
        options={THEMES.map((theme) => [theme, say(`kit.theme.${theme}`)])}
      />
      <div class="actions">
        <button type="submit">{say('kit.submit')}</button>
      </div>
    </form>
  );
}

type Option = [value: string, label: string];

interface ChoiceProps {
  name: string;
  label: string;
  chosen: string;
  options: Option[];
}

function Choice({ name, label, chosen, options }: ChoiceProps) {
  return (
    <Field name={name} label={label}>
      {(control) => (
        <select {...control}>
          {options.map(([value, text]) => (
            <option key={value} value={value} selected={value === chosen}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
