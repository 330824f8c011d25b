import { setTimeout as delay } from 'node:timers/promises';
import { type Child, startChild, WorkerLost } from './child.ts';
import { isHeavy, type Job, type Kind, openLine } from './line.ts';
import { CAPS_MB } from './policy.ts';
import type { Answer, CleanJob, CleanOutcome, ImageWorkers, Request } from './protocol.ts';

export type {
  CardJob,
  CleanJob,
  CleanOutcome,
  CleanPhoto,
  CoveredPhoto,
  ImageWorkers,
} from './protocol.ts';
export type { Picture } from './renditions.ts';
export { WorkerLost };

export interface ImageWorkersOptions {
  /** Photos cleaned or covered at the same time; one per core. */
  count: number;
  /** Milliseconds one photo may take before its child is killed. */
  timeoutMs: number;
  /** MB a child may take for a common and for a heavy job before it is killed. */
  capsMb?: { common: number; heavy: number };
}

/** `nice` of the children that clean: whoever waits for an answer comes first. */
const NICENESS = 5;
/** `nice` of the child that encodes AVIF and draws: a tenth of the processor while a photo is cleaned. */
const AVIF_NICENESS = 10;
/** What its child does, dearest first: somebody may wait for a card, nobody for AVIF. */
const ENCODED: readonly Kind[] = ['card', 'avif', 'row', 'stack'];
/** Milliseconds before a child that could not even start is tried again. */
const START_AGAIN = 1000;

/**
 * Has `count` long-lived child processes, from the first picture or `warmUp` on: a crafted file may
 * crash or stall one of them, never the service. This process itself never opens a picture.
 */
export function openImageWorkers({
  count,
  timeoutMs,
  capsMb = CAPS_MB,
}: ImageWorkersOptions): ImageWorkers {
  const line = openLine();
  const children = new Set<Child>();
  const closing = new AbortController();
  let encoder: Child | null = null;
  let encodingStopped = false;
  let warmUp = () => {};
  const wanted = new Promise<void>((resolve) => {
    warmUp = resolve;
  });
  const seats = [...Array.from({ length: count }, cleanAndCover), encodePictures()];

  async function cleanAndCover(): Promise<void> {
    await wanted;
    const next = () => line.next('cover', 'clean');
    for (let child = await start(NICENESS); child; child = await start(NICENESS)) {
      let job = await next();
      while (job && (await serve(child, job))) job = await next();
      await end(child);
    }
  }

  /** A child for each photo, so that nothing of it takes memory while there is nothing to do. */
  async function encodePictures(): Promise<void> {
    const next = () => line.next(...ENCODED);
    for (let job = await next(); job; job = await next()) {
      const child = await start(AVIF_NICENESS);
      if (!child) return job.reject(new WorkerLost());
      encoder = child;
      await serve(child, job);
      encoder = null;
      await end(child);
    }
  }

  /** Starts a child, again and again if need be; null once we are closing. */
  async function start(niceness: number): Promise<Child | null> {
    while (!closing.signal.aborted) {
      const child = startChild({ timeoutMs, niceness });
      children.add(child);
      try {
        await child.ready;
        return child;
      } catch {
        children.delete(child);
        rejectWaiting();
        await delay(START_AGAIN, undefined, closing).catch(() => {});
      }
    }
    return null;
  }

  async function end(child: Child): Promise<void> {
    await child.kill();
    children.delete(child);
  }

  /** Has a child do a job; false when the child must be replaced afterwards. */
  async function serve(child: Child, job: Job): Promise<boolean> {
    try {
      // While its child was starting.
      if (isStopped(job.request)) throw new WorkerLost();
      const cap = isHeavy(job.request) ? capsMb.heavy : capsMb.common;
      job.resolve(await child.ask(job.request, cap));
      // Heavy jobs leave memory behind, libheif's above all.
      return !isHeavy(job.request);
    } catch (error) {
      job.reject(error as Error);
      return false;
    } finally {
      line.done(job);
    }
  }

  function rejectWaiting(kinds?: readonly Kind[]): void {
    for (const job of line.drain(kinds)) job.reject(new WorkerLost());
  }

  function isStopped({ kind }: Request): boolean {
    return closing.signal.aborted || (encodingStopped && ENCODED.includes(kind));
  }

  function ask(request: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (isStopped(request)) return reject(new WorkerLost());
      warmUp();
      line.put({ request, resolve, reject });
    });
  }

  async function clean(job: CleanJob, mayBeHeavy: boolean): Promise<CleanOutcome | 'heavy'> {
    const answer = await ask({ kind: 'clean', job, heavy: mayBeHeavy });
    if (answer.kind === 'heavy') return 'heavy';
    if (answer.kind !== 'cleaned') throw new WorkerLost();
    return answer.outcome;
  }

  async function answerTo<K extends Answer['kind']>(request: Request, kind: K) {
    const answer = await ask(request);
    if (answer.kind !== kind) throw new WorkerLost();
    return answer as Extract<Answer, { kind: K }>;
  }

  return {
    clean,
    cover: async (job) => (await answerTo({ kind: 'cover', job }, 'covered')).photo,
    encodeAvif: async (jpegs) => (await answerTo({ kind: 'avif', jpegs }, 'avif')).pictures,
    drawCard: async (job) => (await answerTo({ kind: 'card', job }, 'drawn')).jpeg,
    drawRow: async (job) => (await answerTo({ kind: 'row', job }, 'drawn')).jpeg,
    stackRows: async (rows) => (await answerTo({ kind: 'stack', rows }, 'stacked')).mosaic,
    async stopEncoding() {
      encodingStopped = true;
      rejectWaiting(ENCODED);
      await encoder?.kill();
    },
    warmUp,
    async close() {
      closing.abort();
      warmUp();
      line.close();
      rejectWaiting();
      await Promise.all([...children].map((child) => child.kill()));
      await Promise.all(seats);
    },
  };
}
