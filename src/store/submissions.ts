import { type Exposure, isLowerExposure } from '../submission/exposure.ts';
import { CLEANING, mayMove, SPARE } from '../submission/states.ts';
import { arrive } from './arrivals.ts';
import { type Change, change, ERASED, forget, nextTask, UNPUBLISHED } from './change.ts';
import type { Database, Transaction } from './database.ts';
import { announce } from './digests.ts';
import { type Embassy, Prisma } from './generated/client.ts';
import type { SubmissionCreateInput } from './generated/models.ts';
import { asRow, type SubmissionRow } from './rows.ts';
import { refuseWhenStopped } from './stop.ts';

export type NewSubmission = Omit<
  SubmissionCreateInput,
  'embassy' | 'contact' | 'fingerprints' | 'task' | 'dueAt' | 'state'
> & { embassySlug: string };

export type ReceiptRow = SubmissionRow & { embassy: Embassy };

/** The supporter's verbs. */
export interface Submissions {
  /** How many photos wait for cleaning. */
  lineLength(): Promise<number>;
  /** How many photos wait for moderators, or for cleaning before that. */
  queueLength(): Promise<number>;
  /**
   * Takes a submission in as `received`, to be cleaned. False when its idempotency key was used
   * before. `contact` is the sealed address. Throws `busy` when its file was given up meanwhile.
   */
  receive(submission: NewSubmission, contact: Buffer | null, now: Date): Promise<boolean>;
  byReceipt(receiptHash: string): Promise<ReceiptRow | null>;
  byIdempotencyKey(idempotencyHash: string): Promise<ReceiptRow | null>;
  byId(id: string): Promise<SubmissionRow | null>;
  /** Those of `ids` for which nothing is under way that somebody would wait for. */
  settled(ids: string[]): Promise<string[]>;
  /** Lowers the exposure. False when that would raise it or nothing can change any more. */
  lowerExposure(id: string, exposure: Exposure, now: Date): Promise<boolean>;
  /** Takes a submission back for good. Doing it again changes nothing. */
  withdraw(id: string, now: Date): Promise<void>;
}

export function openSubmissions(
  { read, write, shared }: Database,
  digestMinutes: number,
): Submissions {
  const find = async (where: Prisma.SubmissionWhereUniqueInput): Promise<ReceiptRow | null> => {
    const found = await read.submission.findUnique({ where, include: { embassy: true } });
    return found && { ...asRow(found), embassy: found.embassy };
  };
  return {
    lineLength: () => read.submission.count({ where: { task: { in: [...CLEANING] } } }),

    queueLength: () => read.submission.count({ where: { state: { in: ['received', 'waiting'] } } }),

    async receive(submission, contact, now) {
      try {
        await write(async (tx) => {
          await refuseWhenStopped(tx);
          if (shared) await arrive(tx, submission.id);
          const job = { state: 'received', ...nextTask('clean', now) } as const;
          await tx.submission.create({
            data: { ...submission, ...job } as Prisma.SubmissionUncheckedCreateInput,
          });
          if (contact) {
            const address = new Uint8Array(contact);
            await tx.contact.create({ data: { submissionId: submission.id, address } });
          }
        });
        return true;
      } catch (error) {
        if (isKeyUsed(error)) return false;
        throw error;
      }
    },

    byReceipt: (receiptHash) => find({ receiptHash }),
    byIdempotencyKey: (idempotencyHash) => find({ idempotencyHash }),
    byId: (id) => find({ id }),

    async settled(ids) {
      const where = { id: { in: ids }, OR: [{ task: null }, { task: { in: [...SPARE] } }] };
      return (await read.submission.findMany({ where, select: { id: true } })).map(({ id }) => id);
    },

    lowerExposure: (id, exposure, now) =>
      write(async (tx) => {
        const before = await readRow(tx, id);
        const open = before && ['received', 'waiting', 'approved'].includes(before.state);
        if (!open || !isLowerExposure(before.exposure, exposure)) return false;
        const values = { exposure, version: before.version + 1, ...hidden(before, exposure, now) };
        const lowered = await change(tx, before, values);
        if (lowered && before.state === 'approved' && exposure === 'covered') {
          await announce(tx, now, digestMinutes);
        }
        return lowered;
      }),

    withdraw: (id, now) =>
      write(async (tx) => {
        const before = await readRow(tx, id);
        if (!before || !mayMove(before.state, 'withdrawn')) return;
        await change(tx, before, {
          ...ERASED,
          state: 'withdrawn',
          reason: null,
          idempotencyHash: null,
          version: before.version + 1,
          ...nextTask('erase', now),
        });
        await forget(tx, id);
      }),
  };
}

/**
 * An approved photo whose exposure is lowered leaves the public at once: `covered` goes back to
 * people, who cover it; `counted` goes on to count, and nobody needs its picture any more.
 */
function hidden({ state, task }: SubmissionRow, exposure: Exposure, now: Date): Change {
  if (state !== 'approved') return {};
  if (exposure === 'counted') return { ...UNPUBLISHED, ...nextTask('erase', now) };
  // Covering takes the public files away as well, and what was to be painted stays to be painted.
  return {
    ...UNPUBLISHED,
    state: 'waiting',
    ...nextTask(task === 'cover' ? task : 'retract', now),
  };
}

async function readRow(tx: Transaction, id: string): Promise<SubmissionRow | null> {
  const row = await tx.submission.findUnique({ where: { id } });
  return row && asRow(row);
}

function isKeyUsed(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}
