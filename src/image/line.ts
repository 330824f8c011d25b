import type { Answer, Request } from './protocol.ts';

/** A request that waits for a child, and the promise of whoever sent it. */
export interface Job {
  request: Request;
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

export type Kind = Request['kind'];

interface Taker {
  kinds: Kind[];
  take(job: Job | null): void;
}

/** The queue before the children: first come, first served, but only one heavy job at a time. */
export interface Line {
  put(job: Job): void;
  /** Resolves with the next job of the first of these kinds there is; null once the line is closed. */
  next(...kinds: Kind[]): Promise<Job | null>;
  /** Says that a job handed out has ended. */
  done(job: Job): void;
  /** Takes out all that wait, or all of these kinds. */
  drain(kinds?: readonly Kind[]): Job[];
  close(): void;
}

export function openLine(): Line {
  let waiting: Job[] = [];
  let takers: Taker[] = [];
  let heavyRuns: Job | null = null;
  let closed = false;

  const waits = (kind: Kind) => waiting.some(({ request }) => request.kind === kind);
  const mayRun = ({ request }: Job) => {
    if (isHeavy(request) && heavyRuns) return false;
    return !isIdleWork(request) || !(waits('clean') || waits('cover'));
  };
  const findOne = (kind: Kind) =>
    waiting.find((job) => job.request.kind === kind && mayRun(job)) ?? null;
  const match = () => {
    for (const taker of [...takers]) {
      const job = taker.kinds.reduce<Job | null>((found, kind) => found ?? findOne(kind), null);
      if (!job) continue;
      takers = takers.filter((each) => each !== taker);
      waiting = waiting.filter((each) => each !== job);
      if (isHeavy(job.request)) heavyRuns = job;
      taker.take(job);
    }
  };
  return {
    put(job) {
      waiting.push(job);
      match();
    },
    next: (...kinds) =>
      new Promise((take) => {
        if (closed) return take(null);
        takers.push({ kinds, take });
        match();
      }),
    done(job) {
      if (heavyRuns === job) heavyRuns = null;
      match();
    },
    drain(kinds) {
      const isMeant = ({ request }: Job) => !kinds || kinds.includes(request.kind);
      const drained = waiting.filter(isMeant);
      waiting = waiting.filter((job) => !isMeant(job));
      return drained;
    },
    close() {
      closed = true;
      for (const taker of takers) taker.take(null);
      takers = [];
    },
  };
}

/** What nobody looks for yet; it is done when no photo waits. */
function isIdleWork({ kind }: Request): boolean {
  return kind === 'avif' || kind === 'row' || kind === 'stack';
}

/** Encoding AVIF, or a mosaic, takes as much memory as a heavy photo, so it takes the same turn. */
export function isHeavy(request: Request): boolean {
  if (request.kind === 'avif' || request.kind === 'stack') return true;
  return request.kind === 'clean' && request.heavy;
}
