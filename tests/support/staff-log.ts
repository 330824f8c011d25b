import { type Staff, signIn } from './people.ts';
import type { Service } from './service.ts';

interface Entry {
  decision: string;
  submissionId: string | null;
  moderator: string;
}

const readers = new Map<Service, Promise<Staff>>();

/** All entries about photos, newest first, as a moderator reads them who has signed in once. */
export async function logOf(service: Service): Promise<Entry[]> {
  const reading = readers.get(service) ?? signIn(service);
  readers.set(service, reading);
  const staff = await reading;
  const entries: Entry[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const answer = await staff.get(`/api/v1/moderation/log?limit=100${query}`);
    const page = (await answer.json()) as { items: Entry[]; nextCursor: string | null };
    entries.push(...page.items.filter(({ submissionId }) => submissionId !== null));
    cursor = page.nextCursor;
  }
  return entries;
}
