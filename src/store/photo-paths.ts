import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { checkedId, MOSAIC_FOLDER } from './photo-names.ts';

/** Sealed files are spread over 256 folders by the first two digits of their random id. */
export const SHELVES = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));
/** A web server in front may read what is published. */
export const PUBLIC_FOLDER = 0o755;
export const PUBLIC_FILE = 0o644;

/** Where each file of the photos in `folder` lies. */
export function openPaths(folder: string) {
  const privateFolder = resolve(folder, 'private');
  const publicFolder = resolve(folder, 'public');
  const shelfOf = (id: string) => join(privateFolder, checkedId(id).slice(0, 2));
  return {
    privateFolder,
    publicFolder,
    mosaicFolder: join(publicFolder, MOSAIC_FOLDER),
    shelfOf,
    sealedPath: (id: string, part: string) => join(shelfOf(id), `${id}.${part}`),
    publicPath: (id: string) => join(publicFolder, checkedId(id)),
  };
}

/** Caches compare a file's time and size; a time made of the content changes just when it does. */
export function contentStamp(bytes: Buffer): number {
  return createHash('sha256').update(bytes).digest().readUInt32BE() >>> 1;
}
