import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A collected picture and what is to become of it. */
export interface SharedPhoto {
  path: string;
  format: string;
  expectation: 'accept' | 'reject' | 'either';
  /** Width and height, upright. */
  display: [number, number] | null;
  mustNotLeak: string[];
}

interface Manifest {
  uploadNamesToTry: string[];
  files: SharedPhoto[];
}

const folder = join(process.env.SHARED_DIR ?? resolve('../shared'), 'photos');
const manifest = join(folder, 'manifest.json');

/** The collected pictures are not part of the repository; tests that need them are skipped without. */
export const hasSharedPhotos = existsSync(manifest);

export function readManifest(): Manifest {
  return JSON.parse(readFileSync(manifest, 'utf8'));
}

export function readShared(path: string): Buffer {
  return readFileSync(join(folder, path));
}
