import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { catalogues, LOCALES, type Locale, type MessageKey } from '../../src/i18n/messages.ts';

const keys = Object.keys(catalogues.en) as MessageKey[];

/** What happens to be the same in English. */
const SAME: Partial<Record<Locale, MessageKey[]>> = {
  az: ['people.role.moderator'],
  de: ['alt.city', 'desk.see.slogan', 'webhooks.title'],
  es: ['webhooks.title'],
  fr: ['desk.see.slogan', 'log.photo', 'webhooks.title'],
  tr: ['desk.see.slogan'],
};
/** Plural categories whose sentence is that of `other`: both speak so of whole millions. */
const SPARED: Partial<Record<Locale, string[]>> = { fr: ['many'], es: ['many'] };

type Parts = ReturnType<IntlMessageFormat['getAst']>;

function parse(locale: Locale, key: MessageKey): Parts {
  const text: string = catalogues[locale][key];
  return new IntlMessageFormat(text, locale, undefined, { ignoreTag: true }).getAst();
}

/** Every part of a sentence, also those inside its plurals. */
function flatten(parts: Parts): Parts {
  return parts.flatMap((part) => [
    part,
    ...('options' in part
      ? Object.values(part.options).flatMap(({ value }) => flatten(value))
      : []),
  ]);
}

/** What has to be filled in: a literal and the `#` of a plural have no name of their own. */
function variablesOf(parts: Parts): string[] {
  const LITERAL = 0;
  const names = flatten(parts).flatMap((part) =>
    'value' in part && part.type !== LITERAL ? [part.value] : [],
  );
  return [...new Set(names)].sort();
}

describe.each(LOCALES)('the sentences of %s', (locale) => {
  const catalogue: Record<MessageKey, string> = catalogues[locale];

  it('are those of English, in the same order', () => {
    expect(Object.keys(catalogue)).toEqual(keys);
  });

  it('can be read, and ask for the same values as in English', () => {
    for (const key of keys) {
      expect(variablesOf(parse(locale, key)), key).toEqual(variablesOf(parse('en', key)));
    }
  });

  it('know every way the language counts', () => {
    const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();
    const needed = pluralCategories.filter((category) => !SPARED[locale]?.includes(category));
    for (const key of keys) {
      for (const part of flatten(parse(locale, key))) {
        if ('pluralType' in part) {
          expect(Object.keys(part.options), key).toEqual(expect.arrayContaining(needed));
        }
      }
    }
  });

  it('are set well: no stray spaces, no straight quotes', () => {
    for (const key of keys) {
      expect(catalogue[key], key).toMatch(/\S/);
      expect(catalogue[key], key).toBe(catalogue[key].trim());
      expect(catalogue[key], key).not.toMatch(/ {2}|['"]/);
    }
  });

  it('keep French signs with their words', () => {
    if (locale !== 'fr') return;
    // With a plain space they could end up alone at the start of a line.
    for (const key of keys) {
      const texts = flatten(parse(locale, key)).flatMap((part) =>
        part.type === 0 && 'value' in part ? [String(part.value)] : [],
      );
      for (const text of texts) expect(text, key).not.toMatch(/[^\u202f][;:!?»]|«[^\u202f]/);
    }
  });

  it('are translated', () => {
    if (locale === 'en') return;
    const same = keys.filter((key) => catalogue[key] === catalogues.en[key]);
    expect(same.sort()).toEqual(SAME[locale] ?? []);
  });
});
