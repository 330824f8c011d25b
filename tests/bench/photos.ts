import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { photo, withTraces } from '../support/pictures.ts';

/** Photos of 12 MP and 3 to 5 MB with the metadata of a phone, no two alike. */
export async function phonePhotos(count: number, folder: string): Promise<string[]> {
  const files: string[] = [];
  for (let seed = 1; seed <= count; seed += 1) {
    const file = join(folder, `${seed}.jpg`);
    const plain = await photo({ width: 4000, height: 3000, seed, grain: true });
    await writeFile(file, withTraces(plain));
    files.push(file);
  }
  return files;
}
