import { IntlMessageFormat } from 'intl-messageformat';
import { catalogues, type Locale, type MessageKey } from './messages.ts';

export type Values = Readonly<Record<string, string | number>>;

/** Speaks one language: sentences by key, and what the language's rules make of names and numbers. */
export interface Say {
  (key: MessageKey, values?: Values): string;
  readonly locale: Locale;
  readonly direction: 'ltr' | 'rtl';
  /** What stands between a name and what it names. */
  readonly colon: string;
  /** Name of an ISO 3166-1 alpha-2 country. */
  country(code: string): string;
  number(value: number): string;
  /** `2026-11` as a month and a year. */
  month(yearMonth: string): string;
  /** An ISO time as date and time in UTC, for staff. */
  moment(iso: string): string;
  /** An ISO time as its day, in UTC. */
  day(iso: string): string;
  /** An ISO time as hours and minutes, in UTC. */
  time(iso: string): string;
  /** Orders texts as this language's dictionaries do. */
  compare(a: string, b: string): number;
}

/** Scripts that run from right to left; a language missing here runs from left to right. */
const RIGHT_TO_LEFT = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo']);

const speakers = new Map<Locale, Say>();

export function sayIn(locale: Locale): Say {
  const known = speakers.get(locale);
  if (known) return known;
  const speaker = openSpeaker(locale);
  speakers.set(locale, speaker);
  return speaker;
}

function openSpeaker(locale: Locale): Say {
  const compiled = new Map<MessageKey, IntlMessageFormat>();
  // Each of these loads data of its language: whoever only says sentences needs none of them.
  const countries = once(() => new Intl.DisplayNames(locale, { type: 'region' }));
  const numbers = once(() => new Intl.NumberFormat(locale));
  const dates = (format: Intl.DateTimeFormatOptions) =>
    once(() => new Intl.DateTimeFormat(locale, { ...format, timeZone: 'UTC' }));
  const months = dates({ year: 'numeric', month: 'long' });
  const moments = dates({ dateStyle: 'medium', timeStyle: 'short' });
  const days = dates({ dateStyle: 'long' });
  const times = dates({ timeStyle: 'short' });
  const order = once(() => new Intl.Collator(locale));

  function compile(key: MessageKey): IntlMessageFormat {
    let message = compiled.get(key);
    if (!message) {
      // Sentences are text, never markup: `<` means itself.
      message = new IntlMessageFormat(catalogues[locale][key], locale, undefined, {
        ignoreTag: true,
      });
      compiled.set(key, message);
    }
    return message;
  }

  const say = (key: MessageKey, values?: Values) => String(compile(key).format(values));

  return Object.assign(say, {
    locale,
    direction: directionOf(locale),
    // French sets a narrow space before it that never breaks.
    colon: locale === 'fr' ? '\u202f:' : ':',
    country: (code: string) => countries().of(code) ?? code,
    number: (value: number) => numbers().format(value),
    month: (yearMonth: string) => months().format(new Date(`${yearMonth}-01T00:00:00Z`)),
    moment: (iso: string) => moments().format(new Date(iso)),
    day: (iso: string) => days().format(new Date(iso)),
    time: (iso: string) => times().format(new Date(iso)),
    compare: (a: string, b: string) => order().compare(a, b),
  });
}

/** Makes something when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function directionOf(locale: string): 'ltr' | 'rtl' {
  const script = new Intl.Locale(locale).maximize().script ?? 'Latn';
  return RIGHT_TO_LEFT.has(script) ? 'rtl' : 'ltr';
}
