import type { Keys } from '../keys.ts';
import type { Role } from '../submission/roles.ts';
import { type Database, type Transaction, touchRow } from './database.ts';
import type { Moderator } from './generated/client.ts';
import { record } from './log.ts';

/** `last-admin`: nobody would be left who can invite others. `not-allowed`: `by` is no admin. */
export type PeopleOutcome = 'done' | 'unknown' | 'last-admin' | 'not-allowed';

/** What is done about a moderator, by an admin or, with null, at the command line. */
export interface People {
  /** Ends all sessions and links, and forgets address and passkeys. */
  remove(id: string, by: string | null, now: Date): Promise<PeopleOutcome>;
  /** One who has the role already keeps it. */
  setRole(id: string, role: Role, by: string | null, now: Date): Promise<PeopleOutcome>;
  /** Ends all sessions and links, and forgets the passkeys: a mailed link lets them in again. */
  resetAccess(id: string, by: string | null, now: Date): Promise<PeopleOutcome>;
}

const TURN = 'people-changed';

export function openPeople({ write }: Database, keys: Keys): People {
  type Act = (tx: Transaction, found: Moderator) => Promise<PeopleOutcome>;

  const act = (id: string, by: string | null, now: Date, work: Act) =>
    write(async (tx) => {
      await waitForTurn(tx, now);
      if (by && !(await isAdmin(tx, by))) return 'not-allowed';
      const found = await tx.moderator.findUnique({ where: { id } });
      return !found || found.removedAt ? 'unknown' : work(tx, found);
    });

  return {
    remove: (id, by, now) =>
      act(id, by, now, async (tx, found) => {
        if (await isLastAdmin(tx, found)) return 'last-admin';
        await tx.moderator.update({
          where: { id },
          data: { addressHash: null, address: null, removedAt: now, role: 'moderator' },
        });
        await endAccess(tx, id);
        await tx.outboxMessage.deleteMany({ where: { moderatorId: id, state: 'queued' } });
        await releaseClaims(tx, id);
        await record(tx, keys, now, { moderatorId: by, decision: 'removed', aboutId: id });
        return 'done';
      }),

    setRole: (id, role, by, now) =>
      act(id, by, now, async (tx, found) => {
        if (found.role === role) return 'done';
        if (role !== 'admin' && (await isLastAdmin(tx, found))) return 'last-admin';
        await tx.moderator.update({ where: { id }, data: { role } });
        const decision = role === 'admin' ? 'made-admin' : 'made-moderator';
        await record(tx, keys, now, { moderatorId: by, decision, aboutId: id });
        return 'done';
      }),

    resetAccess: (id, by, now) =>
      act(id, by, now, async (tx) => {
        await endAccess(tx, id);
        await record(tx, keys, now, { moderatorId: by, decision: 'access-reset', aboutId: id });
        return 'done';
      }),
  };
}

/**
 * Lets one change of people wait for the one before: of two admins who remove each other at the
 * same moment, the second finds out that they are removed.
 */
async function waitForTurn(tx: Transaction, now: Date): Promise<void> {
  const value = now.toISOString();
  await tx.setting.upsert({
    where: { key: TURN },
    create: { key: TURN, value },
    update: { value },
  });
}

async function isAdmin(tx: Transaction, id: string): Promise<boolean> {
  const where = { id, role: 'admin', removedAt: null };
  return (await tx.moderator.count({ where })) > 0;
}

async function isLastAdmin(tx: Transaction, { id, role }: Moderator): Promise<boolean> {
  if (role !== 'admin') return false;
  const others = { role: 'admin', removedAt: null, id: { not: id } };
  return (await tx.moderator.count({ where: others })) === 0;
}

async function endAccess(tx: Transaction, moderatorId: string): Promise<void> {
  const where = { moderatorId };
  await tx.session.deleteMany({ where });
  await tx.signInToken.deleteMany({ where });
  await tx.challenge.deleteMany({ where });
  await tx.passkey.deleteMany({ where });
}

async function releaseClaims(tx: Transaction, moderatorId: string): Promise<void> {
  const where = { moderatorId };
  for (const { submissionId } of await tx.claim.findMany({ where })) touchRow(tx, submissionId);
  await tx.claim.deleteMany({ where });
}
