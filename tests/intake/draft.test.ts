import { expect, it } from 'vitest';
import { readDraft, writeDraft } from '../../src/intake/draft.ts';
import type { IntakeTools } from '../../src/intake/tools.ts';
import { openKeys } from '../../src/keys.ts';
import { writeCursor } from '../../src/web/cursor.ts';

const keys = openKeys('kF3-0dZq_8sWmB1xR7uYtL4vNcHpG2eJ');
const HOUR_MS = 3_600_000;
const sent = new Date('2026-11-21T12:00:00Z');
const draft = { id: '0f8fad5b-d9cb-469f-a165-70867728950e', photoDigest: Buffer.from('digest') };

/** As the service would read it so many milliseconds later, its file still there. */
function readLater(ms: number, text: string) {
  const store = { submissions: { byId: async () => null } };
  const photos = { has: async () => true };
  const now = () => new Date(sent.getTime() + ms);
  return readDraft({ keys, store, photos, now } as unknown as IntakeTools, text);
}

it('a draft is good for an hour, and not after it', async () => {
  const text = writeDraft(keys, draft, sent);
  expect(await readLater(HOUR_MS, text)).toEqual(draft);
  expect(await readLater(HOUR_MS + 1, text)).toBeNull();
});

it('nothing else that we sign stands in for a draft', async () => {
  const place = { id: draft.id, digest: '', expiresAt: sent.getTime() + HOUR_MS };
  await expect(readLater(0, writeCursor(keys, 'gallery', place))).rejects.toThrow('cursor-invalid');
});
