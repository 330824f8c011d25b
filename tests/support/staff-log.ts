import { type Staff, signIn } from './people.ts';
import type { Service } from './service.ts';

interface Entry {
  decision: string;
  submissionId: string | null;
  moderator: string;
}

export const openStaff = (service: Service) => signIn(service);

/** All entries about photos, newest first. */
export async function logOf(staff: Staff): Promise<Entry[]> {
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
