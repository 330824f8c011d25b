import type { Locale } from '../../i18n/messages.ts';

/** Where most who read a language may be: a first guess, for pages do not ask browsers. */
const LIKELY: Record<Locale, string> = {
  en: 'Europe/London',
  az: 'Asia/Baku',
  ru: 'Asia/Baku',
  tr: 'Europe/Istanbul',
  de: 'Europe/Berlin',
  fr: 'Europe/Paris',
  es: 'Europe/Madrid',
};
const ELSEWHERE = 'UTC';

/** The options of a list of time zones, by continent. */
export function TimeZones({ chosen, locale }: { chosen: string | undefined; locale: Locale }) {
  const wanted = chosen ?? LIKELY[locale];
  const zones = new Set([ELSEWHERE, ...Intl.supportedValuesOf('timeZone'), wanted]);
  return (
    <>
      {[...byContinent(zones)].map(([continent, names]) => (
        <optgroup key={continent} label={continent}>
          {names.map((name) => (
            <option key={name} value={name} selected={name === wanted}>
              {name.slice(name.indexOf('/') + 1).replaceAll('_', ' ')}
            </option>
          ))}
        </optgroup>
      ))}
    </>
  );
}

function byContinent(zones: Iterable<string>): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const zone of zones) {
    const [continent = zone] = zone.split('/', 1);
    groups.set(continent, [...(groups.get(continent) ?? []), zone]);
  }
  return groups;
}
