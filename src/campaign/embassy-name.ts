import { isMessage } from '../i18n/messages.ts';
import { type Say, sayIn } from '../i18n/say.ts';
import type { Embassy } from './embassies.ts';

/** What a name is made of; `kind` as the database holds it. */
export type NamedEmbassy = Pick<Embassy, 'slug' | 'name' | 'city'> & { kind: string };

/**
 * What an embassy is called in the reader's language: a mission by its own sentence
 * (`embassy.name.<slug>`), the usual ones by their kind and city. A name the data gives that
 * follows no rule stays as it is.
 */
export function embassyName(say: Say, { slug, kind, name, city }: NamedEmbassy): string {
  const own = `embassy.name.${slug}`;
  if (isMessage(own)) return say(own);
  const usual = `embassy.name.${kind}`;
  return isMessage(usual) && name === sayIn('en')(usual, { city }) ? say(usual, { city }) : name;
}
