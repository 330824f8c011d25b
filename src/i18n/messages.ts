import az from './az.json' with { type: 'json' };
import de from './de.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };
import es from './es.json' with { type: 'json' };
import fr from './fr.json' with { type: 'json' };
import ru from './ru.json' with { type: 'json' };
import tr from './tr.json' with { type: 'json' };

/** Every sentence a person reads; English is the reference the other languages must match. */
export type MessageKey = keyof typeof en;
export type Messages = Readonly<Record<MessageKey, string>>;

/** One line per language: a file that lacks a sentence does not compile. */
export const catalogues = { en, az, ru, tr, de, fr, es } as const satisfies Record<
  string,
  Messages
>;

export type Locale = keyof typeof catalogues;
export const LOCALES = Object.keys(catalogues) as Locale[];
export const DEFAULT_LOCALE: Locale = 'en';

/** For keys made from stored text, such as a check's finding, that may be older than the catalogue. */
export function isMessage(key: string): key is MessageKey {
  return Object.hasOwn(en, key);
}
