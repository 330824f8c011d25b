import type { Keys } from '../keys.ts';
import { unseal } from '../sealing.ts';
import type { Transaction } from './database.ts';
import { quietEnds } from './digests.ts';
import type { OutboxMessage } from './generated/client.ts';
import { freeAt } from './lease.ts';
import type { Payload } from './messages.ts';

/** Messages that wait to be sent and that nobody is sending, what is longest due first. */
export function dueMessages(now: Date) {
  return {
    where: { state: 'queued', dueAt: { lte: now }, OR: freeAt(now) },
    orderBy: { dueAt: 'asc' },
  } as const;
}

/**
 * The next message that can be sent, with what it says; null when there is none. Digests that a
 * retry or a stop of the service brought into their reader's night move to its end, and what
 * cannot be read is given up, so that it holds up nothing behind it.
 */
export async function nextMessage(
  tx: Transaction,
  keys: Keys,
  now: Date,
): Promise<{ row: OutboxMessage; payload: Payload } | null> {
  for (;;) {
    const row = await tx.outboxMessage.findFirst(dueMessages(now));
    if (!row) return null;
    const where = { id: row.id };
    const payload = payloadOf(row, keys);
    if (!payload) {
      const data = { state: 'given-up', lastError: 'unreadable', pendingKey: null, payload: null };
      await tx.outboxMessage.update({ where, data });
      continue;
    }
    const dueAt = row.kind === 'digest' ? await quietEnds(tx, row.moderatorId, now) : now;
    if (dueAt <= now) return { row, payload };
    await tx.outboxMessage.update({ where, data: { dueAt } });
  }
}

/** Null when it was altered, or is of another time. */
function payloadOf(row: OutboxMessage, keys: Keys): Payload | null {
  if (!row.payload) return row.kind === 'digest' ? { kind: 'digest' } : null;
  try {
    return JSON.parse(unseal(keys.key('outbox'), row.id, Buffer.from(row.payload)).toString());
  } catch {
    return null;
  }
}
