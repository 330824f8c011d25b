import type { Say } from '../../i18n/say.ts';
import {
  CountryOptions,
  type EmbassyChoice,
  EmbassyOptions,
} from '../../web/components/embassies.tsx';
import { Field } from '../../web/components/form.tsx';

interface PlaceFieldsProps {
  say: Say;
  embassies: readonly EmbassyChoice[];
  country: string | undefined;
  embassy: string | undefined;
}

/** Where the photos are from: one country, one embassy, or everywhere. */
export function PlaceFields({ say, embassies, country, embassy }: PlaceFieldsProps) {
  const everywhere = <option value="">{say('gallery.filter.all')}</option>;
  return (
    <>
      <Field name="country" label={say('gallery.filter.country')}>
        {(control) => (
          <select {...control}>
            {everywhere}
            <CountryOptions say={say} embassies={embassies} chosen={country} />
          </select>
        )}
      </Field>
      <Field name="embassy" label={say('gallery.filter.embassy')}>
        {(control) => (
          <select {...control}>
            {everywhere}
            <EmbassyOptions say={say} embassies={embassies} chosen={embassy} />
          </select>
        )}
      </Field>
    </>
  );
}
