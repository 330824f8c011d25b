import type { SealedPart } from './photos.ts';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MOSAIC = /^[0-9a-f]{16}(-small)?\.jpg$/;

/** Sealed objects; only the service may read them, and it alone can. */
export const PRIVATE = 'private/';
/** Plain ones; nobody finds one who was not told its random id. */
export const PUBLIC = 'public/';
/** Folder of mosaics beside those of the photos. */
export const MOSAIC_FOLDER = 'mosaic';

export function isId(text: string): boolean {
  return ID.test(text);
}

/** Ids come from rows, but a path is only ever made of what is certainly one. Throws `RangeError`. */
export function checkedId(id: string): string {
  if (!isId(id)) throw new RangeError('Not the id of a submission');
  return id;
}

export function isMosaic(name: string): boolean {
  return MOSAIC.test(name);
}

/** Throws `RangeError`. */
export function checkedMosaic(name: string): string {
  if (!isMosaic(name)) throw new RangeError('Not the name of a mosaic');
  return name;
}

/** The name a part is sealed under, so that none can be put in place of another. */
export function sealName(id: string, part: SealedPart): string {
  return `${id}/${part}`;
}
