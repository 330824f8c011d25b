import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import type { Submissions } from '../store/submissions.ts';
import { Refusal } from '../submission/refusals.ts';
import { openCounts } from '../web/counts.ts';
import { openProofs, type Proofs } from '../web/proofs.ts';

const HOUR_MS = 60 * 60_000;
const MINUTE_MS = 60_000;
/** How long uploads of everybody are counted for. */
const BUSY_MS = 10 * MINUTE_MS;
/** A line for cleaning that is this full is filling faster than it empties. */
const LINE_HOT = 0.5;
/** Seconds after which it may be calm again. */
const COME_BACK = 60;
/** Photos of refused forms kept in an hour: files that no row counts. */
const MOST_KEPT = 500;
const EVERYBODY = 'everybody';
/** Where the puzzle is to be had. */
export const CHALLENGE_PATH = '/api/v1/challenge';

/** The gate before uploads: open to all while it is calm; in a flood, who enters pays with work or time. */
export interface Gate {
  challenge(request: FastifyRequest): ReturnType<Proofs['challenge']>;
  /** Whether this sender may come in without waiting: it is calm, or a puzzle was solved. */
  isOpenTo(request: FastifyRequest): Promise<boolean>;
  /** Counts who came in. */
  enters(request: FastifyRequest): void;
  /** Whether one more photo of a refused form may be kept, and counts it. */
  mayKeep(): boolean;
}

type Limits = Pick<Config, 'clientUploads' | 'busyUploads' | 'lineLength'>;

/** `clientOf` makes of an address what stands for it: see `web/limits.ts`. */
export function openGate(
  submissions: Submissions,
  { clientUploads, busyUploads, lineLength }: Limits,
  clientOf: (address: string) => string,
): Gate {
  const proofs = openProofs();
  const own = openCounts(HOUR_MS);
  const all = openCounts(BUSY_MS);
  const kept = openCounts(HOUR_MS);

  async function isHot(client: string): Promise<boolean> {
    if (clientUploads > 0 && own.of(client) >= clientUploads) return true;
    if (busyUploads === 0) return false;
    if (all.of(EVERYBODY) >= busyUploads) return true;
    return (await submissions.lineLength()) > lineLength * LINE_HOT;
  }

  return {
    challenge: ({ ip }) => proofs.challenge(clientOf(ip)),

    async isOpenTo({ ip, headers }) {
      const client = clientOf(ip);
      if (!(await isHot(client))) return true;
      return typeof headers.altcha === 'string' && proofs.takes(client, headers.altcha);
    },

    enters({ ip }) {
      own.hit(clientOf(ip));
      all.hit(EVERYBODY);
    },

    mayKeep() {
      if (kept.of(EVERYBODY) >= MOST_KEPT) return false;
      kept.hit(EVERYBODY);
      return true;
    },
  };
}

/** What a program is told that comes without a proof. */
export function proofNeeded(): Refusal {
  return new Refusal('proof-needed', {
    retryAfter: COME_BACK,
    extra: { challenge: CHALLENGE_PATH },
  });
}
