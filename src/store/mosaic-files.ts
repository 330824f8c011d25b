import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isUnfinished, makeFolder, namesIn, syncFolder, writeDurably } from './files.ts';
import { checkedMosaic } from './photo-names.ts';

/** Files of mosaics, in a public folder of their own. */
export interface MosaicFiles {
  write(name: string, bytes: Buffer): Promise<void>;
  /** Whole files. */
  names(): Promise<string[]>;
  remove(name: string): Promise<void>;
}

/** Opens `folder`, made with the first file. Modes are those of all that is published. */
export function openMosaicFiles(
  folder: string,
  modes: { folder: number; file: number },
): MosaicFiles {
  const path = (name: string) => join(folder, checkedMosaic(name));
  return {
    async write(name, bytes) {
      await makeFolder(folder, modes.folder);
      await writeDurably(path(name), bytes, { mode: modes.file });
    },

    names: async () => (await namesIn(folder)).filter((name) => !isUnfinished(name)),

    async remove(name) {
      await rm(join(folder, name), { force: true, recursive: true });
      await syncFolder(folder);
    },
  };
}
