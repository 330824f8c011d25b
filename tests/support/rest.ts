import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { onSqlite } from './engines.ts';
import { type Ledger, readLedger } from './ledger.ts';
import type { Service } from './service.ts';

/** Where others may serve as well, what a killed process held is free when its lease has run out. */
const REST_MS = onSqlite ? 60_000 : 200_000;
const LOOK_AGAIN_MS = 25;

/**
 * Waits until nothing that is due is left to be done, and rows and files agree; returns them.
 * Throws what they disagree about when that takes too long.
 */
export async function untilAtRest({ folder }: Pick<Service, 'folder'>): Promise<Ledger> {
  const end = Date.now() + REST_MS;
  for (;;) {
    while (onSqlite && isBusy(folder) && Date.now() < end) await sleep(LOOK_AGAIN_MS);
    const ledger = await readLedger(folder);
    const busy = ledger.rows.some(({ dueAt }) => dueAt && dueAt.getTime() <= Date.now());
    if (!busy && ledger.faults.length === 0) return ledger;
    if (Date.now() > end) throw new Error(`Not at rest: ${ledger.faults.join() || 'still busy'}`);
    await sleep(LOOK_AGAIN_MS);
  }
}

/** Without Prisma, which takes a tenth of a second to open. */
function isBusy(folder: string): boolean {
  const database = new Sqlite(`${folder}/data.db`, { readonly: true });
  try {
    const due = database.prepare('SELECT 1 FROM Submission WHERE dueAt <= ? LIMIT 1');
    return due.get(new Date().toISOString()) !== undefined;
  } finally {
    database.close();
  }
}
