import type { Embassy } from '../../campaign/embassies.ts';
import { embassyName } from '../../campaign/embassy-name.ts';
import type { Say } from '../../i18n/say.ts';

/** An embassy as a list offers it. */
export type EmbassyChoice = Pick<Embassy, 'slug' | 'kind' | 'name' | 'city' | 'country'> &
  Partial<Pick<Embassy, 'latitude' | 'longitude'>>;

interface Country {
  code: string;
  name: string;
  embassies: EmbassyChoice[];
}

/** The options of a select, grouped by country in the order of the reader's language. */
export function EmbassyOptions({
  say,
  embassies,
  chosen,
  places = false,
}: {
  say: Say;
  embassies: readonly EmbassyChoice[];
  chosen: string | undefined;
  /** Whether scripts are told where each one is: its city, and its place on the globe. */
  places?: boolean;
}) {
  return byCountry(say, embassies).map(({ code, name, embassies: ofCountry }) => (
    <optgroup key={code} label={name}>
      {ofCountry.map((embassy) => (
        <option
          key={embassy.slug}
          value={embassy.slug}
          selected={embassy.slug === chosen}
          data-city={places ? embassy.city : undefined}
          data-at={places ? `${embassy.latitude},${embassy.longitude}` : undefined}
        >
          {choiceLabel(say, embassy)}
        </option>
      ))}
    </optgroup>
  ));
}

export function CountryOptions({
  say,
  embassies,
  chosen,
}: {
  say: Say;
  embassies: readonly EmbassyChoice[];
  chosen: string | undefined;
}) {
  return byCountry(say, embassies).map(({ code, name }) => (
    <option key={code} value={code} selected={code === chosen}>
      {name}
    </option>
  ));
}

/** Starts with the city, so that typing its first letters finds it in a plain select. */
function choiceLabel(say: Say, embassy: EmbassyChoice): string {
  const { kind, name, city } = embassy;
  const usual = kind !== 'permanent-mission' && name.endsWith(` in ${city}`);
  return `${city} · ${usual ? say(`embassy.${kind}`) : embassyName(say, embassy)}`;
}

function byCountry(say: Say, embassies: readonly EmbassyChoice[]): Country[] {
  const countries = new Map<string, Country>();
  for (const embassy of embassies) {
    const { country: code } = embassy;
    const country = countries.get(code) ?? { code, name: say.country(code), embassies: [] };
    country.embassies.push(embassy);
    countries.set(code, country);
  }
  for (const { embassies: ofCountry } of countries.values()) {
    ofCountry.sort((a, b) => say.compare(a.city, b.city) || say.compare(a.name, b.name));
  }
  return [...countries.values()].sort((a, b) => say.compare(a.name, b.name));
}
