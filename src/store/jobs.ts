import { randomUUID } from 'node:crypto';
import type { Keys } from '../keys.ts';
import type { Check, KeptFacts } from '../submission/photo.ts';
import type { PhotoRefusalCode } from '../submission/refusals.ts';
import { CARD, imagesOf, type Rendition } from '../submission/renditions.ts';
import { TASKS, type Task } from '../submission/states.ts';
import { type Change, change, ERASED, nextTask } from './change.ts';
import type { Database } from './database.ts';
import { announce } from './digests.ts';
import { openDueTasks } from './due-tasks.ts';
import { rememberFingerprint, type Similar } from './fingerprints.ts';
import { FREE, freeAt } from './lease.ts';
import { queueDecision } from './messages.ts';
import { asJson, asRow, type SubmissionRow } from './rows.ts';
import { isStopped } from './stop.ts';

/** A claimed submission. `attempts` counts this one. */
export interface Job {
  row: SubmissionRow;
  task: Task;
  lease: string;
  attempts: number;
}

/** What cleaning found out about a photo. */
export interface Cleaned {
  facts: KeptFacts;
  checks: Check[];
  similar: Similar[];
  /** It looks like something nobody wants: nobody is called to look at it. */
  aside: boolean;
}

/** The clock's verbs. Those that settle a job return false when somebody changed the row meanwhile. */
export interface Jobs {
  /** Takes the next due submission with one of `tasks` for `leaseMs`; null when none is due. */
  claim(tasks: Task[], now: Date, leaseMs: number): Promise<Job | null>;
  /** Whether there may be something to claim; asking costs nearly nothing. */
  areDue(tasks: Task[], now: Date): Promise<boolean>;
  /**
   * The photo is clean: it waits for moderators, who are told in the same transaction, but for
   * one that is set aside.
   */
  finishCleaning(job: Job, cleaned: Cleaned, now: Date): Promise<boolean>;
  /** The photo costs much memory: it is cleaned by and by, one such photo at a time. */
  markHeavy(job: Job, now: Date): Promise<boolean>;
  /** The photo cannot be cleaned and its file is gone: only that it was refused and why stays. */
  refuse(job: Job, code: PhotoRefusalCode, now: Date): Promise<boolean>;
  /** The published files are there; `next` is what is still to be made of them. */
  finishPublishing(job: Job, renditions: Rendition[], month: string, now: Date): Promise<boolean>;
  finishEncoding(job: Job, renditions: Rendition[], now: Date): Promise<boolean>;
  /** The card is there. */
  finishCard(job: Job): Promise<boolean>;
  /** Nothing more is to be done; with `erased` the sealed pictures are gone too. */
  finish(job: Job, erased: boolean): Promise<boolean>;
  /** Whether nobody has taken the job over or given the submission another one. */
  isOurs(job: Job): Promise<boolean>;
  /** Frees what a killed process held. For a start with the database to itself. */
  releaseAll(): Promise<void>;
  /** Gives the lease back, so that whatever was decided meanwhile can be done. */
  release(job: Pick<Job, 'row' | 'lease'>): Promise<void>;
  /**
   * Try again at `dueAt`, if nothing else was decided meanwhile. `error` is a code or an error's
   * name, never user text.
   */
  postpone(job: Job, dueAt: Date, error: string): Promise<void>;
}

/** A job that is done, its lease given back. */
export const SETTLED = { ...nextTask(null, null), ...FREE };

/** With the picture goes what was written to it and where its faces are; how to know it again stays. */
function gone({ facts }: SubmissionRow): Change {
  const unseen = facts && { facts: asJson({ ...facts, placeholder: '', color: '#808080' }) };
  const words = { name: null, message: null, alt: null };
  return { held: false, ...words, covers: [], shownSince: null, ...unseen };
}

export function openJobs(database: Database, keys: Keys, digestMinutes: number): Jobs {
  const { read, write } = database;
  const dueTasks = openDueTasks(database);
  const areDue = async (tasks: Task[], now: Date) => {
    const due = await dueTasks(now);
    return tasks.some((task) => due.has(task));
  };
  return {
    areDue,

    async claim(tasks, now, leaseMs) {
      if (!(await areDue(tasks, now))) return null;
      const due = {
        where: { task: { in: tasks }, dueAt: { lte: now }, OR: freeAt(now) },
        orderBy: { dueAt: 'asc' },
      } as const;
      // Mostly there is nothing to do; looking does not take the turn of a write.
      if (!(await read.submission.findFirst({ ...due, select: { id: true } }))) return null;
      return write(async (tx) => {
        const found = await tx.submission.findFirst(due);
        if (!found) return null;
        const row = asRow(found);
        const lease = randomUUID();
        const attempts = row.attempts + 1;
        const { count } = await tx.submission.updateMany({
          where: { id: row.id, version: row.version, leaseToken: row.leaseToken },
          data: { leaseToken: lease, leaseUntil: new Date(now.getTime() + leaseMs), attempts },
        });
        return count === 0 || !row.task ? null : { row, task: row.task, lease, attempts };
      });
    },

    finishCleaning: ({ row, lease }, { facts, checks, similar, aside }, now) =>
      write(async (tx) => {
        const values = {
          ...SETTLED,
          state: 'waiting',
          version: row.version + 1,
          facts: asJson(facts),
          checks: checks.map(asJson),
          aside,
          warned: checks.some(({ outcome }) => outcome === 'warn'),
        };
        if (!(await change(tx, row, values, lease))) return false;
        await rememberFingerprint(tx, row.id, facts.fingerprint, similar);
        if (!aside) await announce(tx, now, digestMinutes);
        return true;
      }),

    markHeavy: ({ row, lease }, now) =>
      write((tx) => change(tx, row, { ...nextTask('clean-heavy', now), ...FREE }, lease)),

    refuse: ({ row, lease }, code, now) =>
      write(async (tx) => {
        const values = {
          ...ERASED,
          ...SETTLED,
          held: false,
          state: 'refused',
          reason: code,
          version: row.version + 1,
        };
        if (!(await change(tx, row, values, lease))) return false;
        await queueDecision(tx, keys, row, now, { outcome: 'refused', fault: code });
        await tx.contact.deleteMany({ where: { submissionId: row.id } });
        return true;
      }),

    finishPublishing: ({ row, lease }, renditions, pictureMonth, now) =>
      write(async (tx) => {
        if (await isStopped(tx)) return false;
        const month = { pictureMonth, shownSince: pictureMonth };
        const values = { ...SETTLED, ...nextTask('encode', now), ...month };
        return change(tx, row, { ...values, renditions: renditions.map(asJson) }, lease);
      }),

    finishEncoding: ({ row, lease }, renditions, now) =>
      write((tx) => {
        const values = { ...SETTLED, ...nextTask('card', now) };
        return change(tx, row, { ...values, renditions: renditions.map(asJson) }, lease);
      }),

    finishCard: ({ row, lease }) =>
      write((tx) => {
        const renditions = [...imagesOf(row.renditions), CARD].map(asJson);
        return change(tx, row, { ...SETTLED, renditions }, lease);
      }),

    finish: ({ row, lease }, erased) =>
      write((tx) => change(tx, row, { ...SETTLED, ...(erased && gone(row)) }, lease)),

    async isOurs({ row, lease }) {
      const where = { id: row.id, version: row.version, leaseToken: lease };
      return (await read.submission.count({ where })) > 0;
    },

    async releaseAll() {
      await write((tx) =>
        tx.submission.updateMany({
          where: { task: { in: [...TASKS] }, leaseToken: { not: null } },
          data: FREE,
        }),
      );
    },

    async release({ row, lease }) {
      await write((tx) =>
        tx.submission.updateMany({
          where: { id: row.id, leaseToken: lease },
          data: FREE,
        }),
      );
    },

    async postpone({ row, lease }, dueAt, lastError) {
      await write(async (tx) => {
        const where = { id: row.id, leaseToken: lease };
        const same = { ...where, version: row.version };
        const { count } = await tx.submission.updateMany({
          where: same,
          data: { dueAt, lastError, ...FREE },
        });
        // Somebody gave it another task meanwhile: that one has a date of its own.
        if (count === 0) await tx.submission.updateMany({ where, data: FREE });
      });
    },
  };
}
