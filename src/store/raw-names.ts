import { isId, isMosaic, MOSAIC_FOLDER, PUBLIC } from './photo-names.ts';

/** The parts of a file's name. */
export interface RawName {
  isPublic: boolean;
  /** The id of a submission, or `mosaic`. */
  owner: string;
  file: string;
}

/** `private/{id}/{part}` and `public/{owner}/{file}`; each is one name, and none leads elsewhere. */
const NAME = /^(?:private\/([\w-]+)\/([0-9a-z]+)|public\/([\w-]+)\/([0-9a-z-]+\.[0-9a-z]+))$/;

/** Null when it is not the name of a photo's file: what else lies about stays where it is. */
export function parseRawName(name: string): RawName | null {
  const [, id, part, holder, published] = NAME.exec(name) ?? [];
  const [owner = '', file = ''] = [id ?? holder, part ?? published];
  const isPublic = name.startsWith(PUBLIC);
  const isKnown = isPublic && owner === MOSAIC_FOLDER ? isMosaic(file) : isId(owner);
  return isKnown ? { isPublic, owner, file } : null;
}

/** Whether a folder of public files may be one of ours. */
export function isOwner(name: string): boolean {
  return name === MOSAIC_FOLDER || isId(name);
}

/** Throws `RangeError`: nothing that is not certainly a name becomes a path. */
export function checkedRawName(name: string): RawName {
  const parsed = parseRawName(name);
  if (!parsed) throw new RangeError('Not the name of a file of photos');
  return parsed;
}
