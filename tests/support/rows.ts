import { randomUUID } from 'node:crypto';
import type { Resources } from '../../src/resources.ts';
import { FACTS, RENDITIONS, SEEN } from './submissions.ts';

/** Texts a stranger chose, as no form would let them through. */
export interface Texts {
  city: string;
  name: string | null;
  message: string | null;
}

/** Puts published photos straight into the table, without their files; returns their ids. */
export async function plantRows(
  { database, now }: Pick<Resources, 'database' | 'now'>,
  texts: readonly Texts[],
): Promise<string[]> {
  const rows = texts.map((text) => {
    const id = randomUUID();
    return {
      ...text,
      id,
      version: 3,
      state: 'approved',
      embassySlug: 'embassy-vienna',
      country: 'AT',
      cityKey: 'x',
      exposure: 'shown',
      participant: 'person',
      locale: 'en',
      consent: 'test/en',
      covers: [],
      receivedAt: now(),
      receiptHash: id,
      facts: { ...FACTS },
      checks: [],
      criteria: SEEN,
      pictureMonth: '2026-11',
      renditions: RENDITIONS,
    };
  });
  await database.write((tx) => tx.submission.createMany({ data: rows }));
  return rows.map(({ id }) => id);
}
