import { setTimeout as sleep } from 'node:timers/promises';
import { isDriverAdapterError } from '@prisma/driver-adapter-utils';

/** How long a statement blocks on a lock of another process; then the wait goes on without blocking. */
export const BUSY_MS = 50;
/** How long anybody waits for the database before being told to come back. */
const PATIENCE_MS = 5_000;

/** How long a transaction may wait for the one before it, and take. */
export const TRANSACTION_MS = { maxWait: 15_000, timeout: 15_000 };
/** The same for work that has the database to itself. */
export const HOLD_MS = { maxWait: 15_000, timeout: 14 * 24 * 3_600_000 };

/** Tries again while the database cannot be had, as long as `mayRepeat`. */
export async function patiently<T>(attempt: () => Promise<T>, mayRepeat = () => true): Promise<T> {
  const patienceEnds = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isBusy(error) || !mayRepeat() || Date.now() > patienceEnds) throw error;
      await sleep(BUSY_MS);
    }
  }
}

/** That the database cannot be had, as Prisma tells it: of its adapter, of its own queries, and of raw ones. */
export function isBusy(error: unknown): error is Error {
  const { code, meta } = error as { code?: string; meta?: { driverAdapterError?: unknown } };
  const told = meta?.driverAdapterError ?? error;
  return code === 'P1008' || (isDriverAdapterError(told) && told.cause.kind === 'SocketTimeout');
}
