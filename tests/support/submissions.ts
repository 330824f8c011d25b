import { randomBytes, randomUUID } from 'node:crypto';
import { seal } from '../../src/sealing.ts';
import type { Job } from '../../src/store/jobs.ts';
import type { Store } from '../../src/store/store.ts';
import type { NewSubmission } from '../../src/store/submissions.ts';
import type { Check, KeptFacts } from '../../src/submission/photo.ts';
import type { RejectionReason, Task } from '../../src/submission/states.ts';
import { keys } from './database.ts';

/** A moment all tests of rows begin at. */
export const NOON = new Date('2026-11-20T12:00:00Z');
export const LEASE_MS = 60_000;

export const minutes = (count: number, from = NOON) => new Date(from.getTime() + count * 60_000);
export const days = (count: number, from = NOON) => minutes(count * 24 * 60, from);

export const FACTS: KeptFacts = {
  width: 3000,
  height: 2250,
  color: '#808080',
  placeholder: 'AAAA',
  fingerprint: '0123456789abcdef',
  removed: ['gps'],
  sizes: {
    480: { width: 480, height: 360 },
    960: { width: 960, height: 720 },
    1920: { width: 1920, height: 1440 },
  },
};
export const CHECKS: Check[] = [{ code: 'size', outcome: 'pass', finding: 'good' }];
export const RENDITIONS = [
  { file: '480.jpg', type: 'image/jpeg' as const, width: 480, height: 360 },
];
export const AREA = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };
export const SEEN = { flag: true, slogan: true, embassy: true };

/** A submission as intake writes it. */
export function newSubmission(changes: Partial<NewSubmission> = {}): NewSubmission {
  return {
    id: randomUUID(),
    embassySlug: 'embassy-vienna',
    city: 'Wien',
    exposure: 'shown',
    participant: 'person',
    name: 'Ada',
    message: 'Hello',
    locale: 'en',
    consent: '2026-11/en',
    covers: [],
    receivedAt: NOON,
    receiptHash: randomBytes(16).toString('hex'),
    idempotencyHash: null,
    sourceHash: randomBytes(16).toString('hex'),
    country: 'AT',
    cityKey: 'wien',
    ...changes,
  };
}

/** Steps of a photo's life, each by the verb the service uses. */
export function openLife(store: Store) {
  const read = async (id: string) => {
    const row = await store.submissions.byId(id);
    if (!row) throw new Error('No such submission');
    return row;
  };

  /** Claims until it is this submission's turn. */
  async function claim(id: string, tasks: Task[], now = NOON): Promise<Job> {
    for (;;) {
      const job = await store.jobs.claim(tasks, now, LEASE_MS);
      if (!job) throw new Error(`Nothing to ${tasks.join(' or ')}`);
      if (job.row.id === id) return job;
    }
  }

  async function receive(changes: Partial<NewSubmission> = {}, email?: string): Promise<string> {
    const submission = newSubmission(changes);
    const { id } = submission;
    const contact = email ? seal(keys.key('contacts'), id, Buffer.from(email)) : null;
    if (!(await store.submissions.receive(submission, contact, NOON))) throw new Error('Refused');
    return id;
  }

  async function clean(id: string, fingerprint = FACTS.fingerprint, now = NOON): Promise<void> {
    const job = await claim(id, ['clean'], now);
    const similar = await store.fingerprints.similarTo(id, [fingerprint]);
    const aside = await store.blocked.has([fingerprint]);
    const facts = { ...FACTS, fingerprint };
    await store.jobs.finishCleaning(job, { facts, checks: CHECKS, similar, aside }, now);
  }

  async function decide(
    id: string,
    decision: 'approved' | 'rejected' | 'reopened',
    now = NOON,
    reason: RejectionReason = 'no-flag',
  ) {
    const order = { id, version: (await read(id)).version, moderatorId: 'ada' };
    if (decision === 'approved') {
      const confirmed = { criteria: SEEN, facesCovered: true };
      return store.decisions.decide({ ...order, decision, ...confirmed }, now);
    }
    if (decision === 'rejected') {
      return store.decisions.decide({ ...order, decision, reason }, now);
    }
    return store.decisions.decide({ ...order, decision }, now);
  }

  /** Orders an area of a photo to be painted over. */
  async function cover(id: string, now = NOON, areas = [AREA]) {
    const { version } = await read(id);
    return store.covers.order({ id, version, moderatorId: 'ada', areas }, now);
  }

  async function publish(id: string, month = '2026-11', now = NOON): Promise<void> {
    const job = await claim(id, ['publish'], now);
    await store.jobs.finishPublishing(job, RENDITIONS, month, now);
  }

  return {
    read,
    claim,
    receive,
    clean,
    decide,
    cover,
    publish,

    /** A submission that waits for moderators. */
    async waiting(changes: Partial<NewSubmission> = {}, email?: string): Promise<string> {
      const id = await receive(changes, email);
      await clean(id);
      return id;
    },

    /** A photo the world sees. */
    async published(changes: Partial<NewSubmission> = {}, month = '2026-11'): Promise<string> {
      const id = await receive(changes);
      await clean(id);
      await decide(id, 'approved');
      await publish(id, month);
      return id;
    },
  };
}

export type Life = ReturnType<typeof openLife>;
