import { stat } from 'node:fs/promises';
import { databaseFile, isPostgresql } from '../store/address.ts';
import type { Store } from '../store/store.ts';

/** Clocks of one machine differ by no more. */
const SLACK_MS = 60_000;

/**
 * What speaks against the clock: it stands before something this machine has written down already.
 * A clock that runs ahead cannot be found out without asking others, and nobody is asked.
 */
export async function clockFaults(databaseUrl: string, store: Store, now: Date): Promise<string[]> {
  const [entry] = await store.log.list(1);
  const written = isPostgresql(databaseUrl) ? 0 : (await stat(databaseFile(databaseUrl))).mtimeMs;
  const last = new Date(Math.max(written, entry?.at.getTime() ?? 0));
  if (last.getTime() <= now.getTime() + SLACK_MS) return [];
  return [`It says ${stamp(now)}, but something was written at ${stamp(last)}. Set it right.`];
}

function stamp(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
