import type { Keys } from '../keys.ts';
import { Refusal } from '../submission/refusals.ts';
import { change, nextTask, UNPUBLISHED } from './change.ts';
import { type Database, type Transaction, touchPast, touchPublic } from './database.ts';
import { dayOf } from './day.ts';
import { record } from './log.ts';
import { dropMosaic } from './mosaic.ts';
import { asRow } from './rows.ts';

/** A campaign that was stopped shows nothing and takes nothing in; the row that says so is watched. */
export interface Stop {
  /** `YYYY-MM-DD`, as last looked at; null while the campaign goes on. */
  day(): string | null;
  /**
   * Looks again, and with `serving` leaves word that the service has seen it. Where several serve,
   * each that sees it destroys again, for a while, what it may have written not knowing of it.
   */
  look(serving?: boolean): Promise<void>;
  /** Whether the service has seen that it is stopped. */
  isSeen(): Promise<boolean>;
  /** From now on nothing is taken in; supporters' addresses, mails and all sessions are destroyed. */
  begin(now: Date): Promise<void>;
  /** Takes the next `limit` public photos from the public. Returns how many there were. */
  hide(limit: number, now: Date): Promise<number>;
  /** Opens a stopped campaign again: what is still held of approved photos is to be published. */
  end(now: Date): Promise<number>;
  /** How many rows there are of what a stop destroys. */
  census(): Promise<Record<string, number>>;
}

const STOPPED = 'campaign-stopped';
const SEEN = 'campaign-stop-seen';
/** For so many looks, a second apart, requests that came before the first of them may still write. */
const LATE_LOOKS = 10;

/** Throws `campaign-stopped`, in the transaction that would take something in. */
export async function refuseWhenStopped(tx: Transaction): Promise<void> {
  if (await isStopped(tx)) throw new Refusal('campaign-stopped');
}

export async function isStopped(tx: Transaction): Promise<boolean> {
  return (await tx.setting.count({ where: { key: STOPPED } })) > 0;
}

export function openStop({ read, write, shared }: Database, keys: Keys): Stop {
  let day: string | null = null;
  let looks = 0;

  return {
    day: () => day,

    async look(serving = false) {
      const rows = await read.setting.findMany({ where: { key: { in: [STOPPED, SEEN] } } });
      const [stopped, seen] = [STOPPED, SEEN].map((it) => rows.find(({ key }) => key === it));
      if (serving && stopped && !seen) await write((tx) => put(tx, SEEN, stopped.value));
      looks = stopped ? looks + 1 : 0;
      day = stopped?.value ?? null;
      const isLate = looks > 0 && looks <= LATE_LOOKS;
      if (serving && shared && isLate) await write(destroyTold);
    },

    isSeen: async () => (await read.setting.count({ where: { key: SEEN } })) > 0,

    begin: (now) =>
      write(async (tx) => {
        if (!(await isStopped(tx))) {
          await put(tx, STOPPED, dayOf(now));
          await record(tx, keys, now, { moderatorId: null, decision: STOPPED });
        }
        await dropMosaic(tx);
        await destroyTold(tx);
        touchPublic(tx);
      }),

    hide: (limit, now) =>
      write(async (tx) => {
        const where = { pictureMonth: { not: null } };
        const rows = await tx.submission.findMany({ where, take: limit });
        for (const row of rows) {
          const version = row.version + 1;
          await change(tx, asRow(row), { ...UNPUBLISHED, version, ...nextTask('retract', now) });
        }
        return rows.length;
      }),

    end: (now) =>
      write(async (tx) => {
        const { count } = await tx.setting.deleteMany({ where: { key: { in: [STOPPED, SEEN] } } });
        if (count === 0) return 0;
        await record(tx, keys, now, { moderatorId: null, decision: 'campaign-opened' });
        touchPublic(tx);
        const held = { state: 'approved', held: true, pictureMonth: null, task: null };
        const shown = { ...held, exposure: { not: 'counted' } };
        const published = { task: 'publish', dueAt: now, attempts: 0, lastError: null };
        return (await tx.submission.updateMany({ where: shown, data: published })).count;
      }),

    async census() {
      const { submission } = read;
      const undecided = { state: { in: ['received', 'waiting'] } };
      const [contacts, mails, sessions, links, challenges] = await Promise.all(
        told(read).map((rows) => rows.count()),
      );
      return {
        public: await submission.count({ where: { pictureMonth: { not: null } } }),
        undecided: await submission.count({ where: { ...undecided, held: true } }),
        rejected: await submission.count({ where: { state: 'rejected', held: true } }),
        contacts: contacts ?? 0,
        mails: mails ?? 0,
        sessions: sessions ?? 0,
        links: (links ?? 0) + (challenges ?? 0),
      };
    },
  };
}

interface Rows {
  deleteMany(): PromiseLike<unknown>;
  count(): PromiseLike<number>;
}

async function destroyTold(tx: Transaction): Promise<void> {
  for (const rows of told(tx)) await rows.deleteMany();
  touchPast(tx);
}

/** What was told by or to people, and who is signed in. */
function told(tx: Transaction): Rows[] {
  const { contact, outboxMessage, session, signInToken, challenge, claim } = tx;
  return [contact, outboxMessage, session, signInToken, challenge, claim];
}

async function put(tx: Transaction, key: string, value: string): Promise<void> {
  await tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
}
