import type { ElementWord } from '../../gallery/pages/embed-words.ts';

export interface Words {
  locale: string;
  say(word: ElementWord, values?: Readonly<Record<string, string | number>>): string;
  country(code: string): string;
}

/** Speaks the language that is asked for, or else the one around the element. */
export function wordsFor(element: Element): Words {
  const around = element.parentElement?.closest('[lang]')?.getAttribute('lang');
  const wanted = [element.getAttribute('lang'), around, ...navigator.languages];
  const locale = wanted.map((tag) => tag?.toLowerCase().split('-')[0] ?? '').find(isOurs) ?? 'en';
  const countries = new Intl.DisplayNames([locale], { type: 'region' });
  return {
    locale,
    say: (word, values = {}) =>
      (ELEMENT_WORDS[locale]?.[word] ?? '').replace(/\{(\w+)[^}]*\}/g, (_, name: string) =>
        String(values[name] ?? ''),
      ),
    country: (code) => countries.of(code) ?? code,
  };
}

function isOurs(locale: string): boolean {
  return Object.hasOwn(ELEMENT_WORDS, locale);
}
