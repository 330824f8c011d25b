import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Staff } from './people.ts';
import type { Service } from './service.ts';

const STATES = ['received', 'waiting', 'approved', 'rejected', 'refused', 'withdrawn'];

/** Files of the photo store, by their path below `uploads/`, sorted. */
export async function storedFiles({ folder }: Pick<Service, 'folder'>): Promise<string[]> {
  const root = join(folder, 'uploads');
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1));
  return paths.filter((path) => /^(private|public)\//.test(path)).sort();
}

export function readStored({ folder }: Pick<Service, 'folder'>, file: string): Promise<Buffer> {
  return readFile(join(folder, 'uploads', file));
}

/** How many submissions there are in any state. */
export async function countSubmissions(staff: Staff): Promise<number> {
  let count = 0;
  for (const state of STATES) {
    const response = await staff.get(`/api/v1/moderation/submissions?limit=1&state=${state}`);
    count += ((await response.json()) as { total: number }).total;
  }
  return count;
}
