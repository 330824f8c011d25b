import type { Keys } from '../keys.ts';
import type { Database, Transaction } from './database.ts';
import { type Alarm, queueMessage } from './messages.ts';

export interface Alarms {
  /** Mails to whom nothing arrives, looking back from `now`. */
  undelivered(now: Date, attempts: number): Promise<Undelivered>;
  /** Mails the alarm to who looks after the service, unless one about the same went out within a day. */
  raise(alarm: Alarm, now: Date): Promise<boolean>;
}

/** Mails that were given up within a day, or tried in vain for as many `attempts`. */
export interface Undelivered {
  moderators: string[];
  /** Mails to supporters. */
  supporters: number;
}

const DAY_MS = 86_400_000;
const MOST = 1000;

export function openAlarms({ read, write }: Database, keys: Keys): Alarms {
  return {
    async undelivered(now, attempts) {
      const dueAt = { gte: new Date(now.getTime() - DAY_MS) };
      const rows = await read.outboxMessage.findMany({
        where: {
          OR: [
            { state: 'given-up', dueAt },
            { state: 'queued', attempts: { gte: attempts } },
          ],
        },
        select: { moderatorId: true },
        take: MOST,
      });
      const ids = rows.flatMap(({ moderatorId }) => moderatorId ?? []);
      return { moderators: [...new Set(ids)], supporters: rows.length - ids.length };
    },

    raise: (alarm, now) =>
      write(async (tx) => {
        const key = `alarm ${alarm.about}`;
        const last = await tx.setting.findUnique({ where: { key } });
        if (last && now.getTime() - Date.parse(last.value) < DAY_MS) return false;
        const value = now.toISOString();
        const row = { where: { key }, create: { key, value }, update: { value } };
        await tx.setting.upsert(row);
        await tellAdmins(tx, keys, alarm, now);
        return true;
      }),
  };
}

/** Queues a mail to every admin, or to every moderator where there is no admin. */
export async function tellAdmins(
  tx: Transaction,
  keys: Keys,
  alarm: Alarm,
  now: Date,
): Promise<void> {
  const active = await tx.moderator.findMany({ where: { removedAt: null } });
  const admins = active.filter(({ role }) => role === 'admin');
  // The next one brings newer facts.
  const expiresAt = new Date(now.getTime() + DAY_MS);
  for (const { id: moderatorId } of admins.length > 0 ? admins : active) {
    await queueMessage(tx, keys, { kind: 'alarm', alarm }, now, { moderatorId, expiresAt });
  }
}
