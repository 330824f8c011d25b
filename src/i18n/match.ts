import { DEFAULT_LOCALE, LOCALES, type Locale } from './messages.ts';

/** The locale a `?lang=` names, if it is one of ours. */
export function asLocale(wanted: string | undefined): Locale | undefined {
  return LOCALES.find((locale) => locale === wanted?.toLowerCase());
}

/**
 * The language to answer in: the one asked for, else the best one of the Accept-Language header,
 * else the default. Regions do not matter (`ru-UA` is answered in `ru`).
 */
export function matchLocale(acceptLanguage: string | undefined, wanted?: string): Locale {
  return asLocale(wanted) ?? bestOf(acceptLanguage ?? '') ?? DEFAULT_LOCALE;
}

/** Longer headers than any browser sends are not worth reading to the end. */
const MAX_HEADER = 500;

function bestOf(header: string): Locale | undefined {
  const ranges = header
    .slice(0, MAX_HEADER)
    .split(',')
    .map(readRange)
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { language } of ranges) {
    const locale = language === '*' ? DEFAULT_LOCALE : asLocale(language);
    if (locale) return locale;
  }
  return undefined;
}

function readRange(text: string): { language: string; quality: number } {
  const [tag = '', ...parameters] = text.split(';').map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  const quality = weight ? Number(weight.slice(2)) : 1;
  return { language: tag.split('-')[0] ?? '', quality: Number.isNaN(quality) ? 0 : quality };
}
