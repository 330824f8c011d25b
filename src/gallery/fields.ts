import { Refusal } from '../submission/refusals.ts';
import { type Item, itemSchema } from './items.ts';

const KNOWN = Object.keys(itemSchema.shape);

/** What of a photo is wanted; the id always is. */
export type Fields = ReadonlySet<string>;

/** Reads `id,images`. Nothing means everything; a name that is no field is refused. */
export function readFields(text: string | undefined): Fields {
  const wanted = (text ?? '').split(',').map((name) => name.trim());
  const names = wanted.filter((name) => name !== '');
  const unknown = names.filter((name) => !KNOWN.includes(name));
  if (unknown.length > 0) throw new Refusal('fields-unknown', { extra: { known: KNOWN } });
  return new Set(names.length > 0 ? ['id', ...names] : KNOWN);
}

export function pickFields(item: Item, fields: Fields): Partial<Item> {
  return Object.fromEntries(Object.entries(item).filter(([name]) => fields.has(name)));
}
