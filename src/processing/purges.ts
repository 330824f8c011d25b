import type { Purge } from '../store/purges.ts';
import type { SubmissionRow } from '../store/rows.ts';
import { CARD, RENDITION_SIDES, renditionFile } from '../submission/renditions.ts';
import type { Tools } from './tools.ts';
import { growingWait } from './waits.ts';

/** Longer than a call can take. */
const LEASE_MS = 60_000;
/** Files go within moments, but for a disk or store in trouble. */
const FILES_MS = 1_000;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 10 * 60_000;
/** What takes a photo's public files away. A task that is due later than this does not. */
const TAKING = new Set(['retract', 'erase', 'cover']);
const SOON_MS = 60 * 60_000;

/** Every name a published file of a photo can have. */
const FILES = [
  ...RENDITION_SIDES.flatMap((side) => [
    renditionFile(side, 'image/jpeg'),
    renditionFile(side, 'image/avif'),
  ]),
  CARD.file,
];

/** Has caches forget a photo that left the public, until they say that they have. False: nothing due. */
export async function purgeNext(tools: Tools): Promise<boolean> {
  const { config, store, trustedCaller, now } = tools;
  if (!config.purgeUrl) return false;
  const purge = await store.purges.claim(now(), LEASE_MS);
  if (!purge) return false;
  const row = await store.submissions.byId(purge.submissionId);
  // A cache that forgets a file while it is there only fetches it again.
  if (row && isLosingFiles(row, now())) {
    await store.purges.postpone(purge, inMs(tools, FILES_MS), purge.attempts);
    return true;
  }
  const body = JSON.stringify({ files: addressesOf(tools, purge.submissionId) });
  const { kind, why } = await trustedCaller.post(config.purgeUrl, headersOf(tools), body);
  if (kind === 'taken') await store.purges.finish(purge);
  else await later(tools, purge, why);
  return true;
}

async function later(tools: Tools, purge: Purge, why: string): Promise<void> {
  tools.log.warn({ why, id: purge.submissionId }, 'caches were not purged');
  const wait = growingWait(FIRST_WAIT_MS, purge.attempts, LONGEST_WAIT_MS);
  await tools.store.purges.postpone(purge, inMs(tools, wait), purge.attempts + 1);
}

function isLosingFiles({ task, dueAt }: SubmissionRow, now: Date): boolean {
  const soon = now.getTime() + SOON_MS;
  return task !== null && TAKING.has(task) && (dueAt?.getTime() ?? 0) < soon;
}

/** Under every name they have, and the pictures of many photos it may be on. */
function addressesOf({ publicUrl, config }: Tools, id: string): string[] {
  const bases = new Set([config.photoBaseUrl, `${publicUrl}/photos`]);
  const files = [...bases].flatMap((base) => FILES.map((file) => `${base}/${id}/${file}`));
  return [...files, `${publicUrl}/mosaic.jpg`, `${publicUrl}/mosaic-small.jpg`];
}

function headersOf({ config }: Tools): Record<string, string> {
  const { purgeToken } = config;
  return {
    'content-type': 'application/json',
    ...(purgeToken && { authorization: `Bearer ${purgeToken}` }),
  };
}

function inMs({ now }: Tools, ms: number): Date {
  return new Date(now().getTime() + ms);
}
