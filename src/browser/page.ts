import type { GalleryWord } from '../gallery/pages/words.ts';
import type { Word } from '../intake/pages/words.ts';
import type { DeskWord } from '../moderation/pages/desk-words.ts';
import type { PasskeyWord } from '../moderation/pages/passkey-form.tsx';

/** What the page holds for its scripts: sentences, templates, and their parts. */
type Values = Readonly<Record<string, string | number>>;

const locale = document.documentElement.lang;

/** A sentence of the page in its language. */
export function word(
  key: Word | GalleryWord | DeskWord | PasskeyWord,
  values: Values = {},
): string {
  const words = document.querySelector<HTMLTemplateElement>('#words')?.content;
  const text = words?.querySelector(`[data-word="${key}"]`)?.textContent ?? '';
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** A fresh copy of the elements of a template. */
export function template(id: string): DocumentFragment {
  const found = document.querySelector<HTMLTemplateElement>(`template#${id}`);
  if (!found) throw new Error(`No template ${id}`);
  return document.importNode(found.content, true);
}

/** The first element of a template. */
export function templateElement(id: string): HTMLElement {
  const element = template(id).firstElementChild;
  if (!(element instanceof HTMLElement)) throw new Error(`Template ${id} is empty`);
  return element;
}

/** The element with `data-part="name"`. */
export function part<Kind extends HTMLElement = HTMLElement>(root: ParentNode, name: string): Kind {
  const found = root.querySelector<Kind>(`[data-part="${name}"]`);
  if (!found) throw new Error(`No part ${name}`);
  return found;
}

const percents = new Intl.NumberFormat(locale, { style: 'percent' });
const kilometres = new Intl.NumberFormat(locale, {
  style: 'unit',
  unit: 'kilometer',
  maximumSignificantDigits: 2,
});

export const percent = (fraction: number): string => percents.format(fraction);
export const distance = (km: number): string => kilometres.format(km);
export { locale };
