import type { Staff } from './people.ts';
import { listStored } from './photo-store.ts';
import type { Service } from './service.ts';

const STATES = ['received', 'waiting', 'approved', 'rejected', 'refused', 'withdrawn'];

/** Files of its photo store, by their path below `uploads/`, sorted; objects by what it would be. */
export async function storedFiles({ folder }: Pick<Service, 'folder'>): Promise<string[]> {
  return (await listStored(folder)).filter((path) => /^(private|public)\//.test(path));
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
