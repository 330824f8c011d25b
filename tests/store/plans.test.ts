import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/store/database.ts';
import type { GalleryFilter } from '../../src/store/gallery.ts';
import { PrismaClient } from '../../src/store/generated/client.ts';
import { openStore } from '../../src/store/store.ts';
import { BRAKE_PHOTOS, keys, openTestStore, type TestStore } from '../support/database.ts';
import { FACTS, LEASE_MS, minutes, NOON, newSubmission } from '../support/submissions.ts';

/**
 * How the database goes about the queries that Prisma really sends: by an index, whatever the
 * number of rows, and in the index's order.
 */
let test: TestStore;
let client: PrismaClient;
let sent: { query: string; params: string }[] = [];
let store: ReturnType<typeof openStore>;

beforeAll(async () => {
  test = await openTestStore();
  const rows = Array.from({ length: 500 }, (_, i) => ({
    ...newSubmission(),
    state: i % 10 === 0 ? 'waiting' : 'approved',
    pictureMonth: i % 10 === 0 ? null : `2026-${10 + (i % 3)}`,
    facts: { ...FACTS },
    participant: i % 7 === 0 ? 'organisation' : 'person',
  }));
  await test.database.write((tx) => tx.submission.createMany({ data: rows as never }));
  const adapter = new PrismaBetterSqlite3({ url: `file:${test.folder}/data.db` });
  const logged = new PrismaClient({ adapter, log: [{ emit: 'event', level: 'query' }] });
  logged.$on('query', ({ query, params }) => sent.push({ query, params }));
  client = logged as unknown as PrismaClient;
  const database: Database = {
    ...test.database,
    read: client,
    write: (work) => client.$transaction(work),
  };
  store = openStore(database, keys, { digestMinutes: 30, brakePhotos: BRAKE_PHOTOS });
});
afterAll(async () => {
  await client.$disconnect();
  await test.dispose();
});

interface Step {
  detail: string;
}

/** What SQLite would do for each query that `work` sends. */
async function plansOf(work: () => Promise<unknown>): Promise<string[]> {
  sent = [];
  await work();
  const queries = sent.filter(({ query }) => /^(SELECT|UPDATE|DELETE)/.test(query));
  const plans: string[] = [];
  for (const { query, params } of queries) {
    const values = JSON.parse(params) as unknown[];
    const steps = await client.$queryRawUnsafe<Step[]>(`EXPLAIN QUERY PLAN ${query}`, ...values);
    plans.push(steps.map(({ detail }) => detail).join('\n'));
  }
  expect(plans.length).toBeGreaterThan(0);
  return plans;
}

const LARGE =
  /\bSCAN .*\b(Submission|OutboxMessage|Fingerprint|BlockedPicture|BlockedSlice|Likeness|LogEntry|PublicChange|WebhookDelivery|Purge)\b/;
const after = { month: '2026-11', id: '8' };

/** Each filter alone, with each other, and all together. */
function everyFilter(): GalleryFilter[] {
  const parts: GalleryFilter[] = [
    { embassy: 'embassy-vienna' },
    { country: 'AT' },
    { city: 'wien' },
    { participant: 'person' },
  ];
  const sets = Array.from({ length: 2 ** parts.length }, (_, bits) =>
    parts.filter((_part, at) => bits & (1 << at)),
  );
  return sets.map((set) => Object.assign({}, ...set));
}

describe('the gallery', () => {
  it.each(everyFilter())('lists %j by an index and in its order', async (filter) => {
    for (const cursor of [undefined, after]) {
      for (const plan of await plansOf(() => store.gallery.list(filter, 25, cursor))) {
        expect(plan).not.toMatch(LARGE);
        expect(plan).not.toContain('TEMP B-TREE');
      }
    }
  });

  it.each<GalleryFilter>([{ embassy: 'embassy-vienna' }, { country: 'AT' }, { city: 'wien' }])(
    'finds the few of a kind in %j without passing by all others',
    async (place) => {
      for (const participant of ['person', 'organisation'] as const) {
        const plans = await plansOf(() => store.gallery.list({ ...place, participant }, 25, after));
        expect(plans.filter((plan) => /=\? AND participant=\? AND /.test(plan))).not.toEqual([]);
      }
    },
  );

  it('finds what lies before and after a photo by an index and in its order', async () => {
    const [row] = await store.gallery.list({}, 1, after);
    if (!row) throw new Error('no photos');
    for (const plan of await plansOf(() => store.gallery.beside(row))) {
      expect(plan).not.toMatch(LARGE);
      expect(plan).not.toContain('TEMP B-TREE');
    }
  });

  it('counts and finds without reading photos', async () => {
    const plans = await plansOf(async () => {
      for (const filter of everyFilter()) await store.gallery.total(filter);
      await store.gallery.tallies();
      await store.gallery.find('8');
    });
    for (const plan of plans) expect(plan).not.toMatch(LARGE);
  });
});

describe('the changes', () => {
  const stretch = { from: 100, upto: 200 };

  it.each<[string, () => Promise<unknown>]>([
    ['are numbered', () => store.changes.newest()],
    ['are listed', () => store.changes.list(stretch, 25)],
    ['are listed further', () => store.changes.list(stretch, 25, '8')],
  ])('%s by an index', async (_, work) => {
    for (const plan of await plansOf(work)) {
      expect(plan).not.toMatch(LARGE);
      expect(plan).toMatch(/SEARCH/);
    }
  });
});

describe('the desk', () => {
  it('lists the queue by an index and in its order', async () => {
    const cursor = { receivedAt: NOON.getTime(), id: '8' };
    const plans = await plansOf(async () => {
      await store.desk.list({ state: 'waiting', aside: false }, 25);
      await store.desk.list({ state: 'waiting', aside: false }, 25, cursor);
    });
    for (const plan of plans) {
      expect(plan).not.toMatch(LARGE);
      expect(plan).not.toContain('TEMP B-TREE');
    }
  });

  it.each<[string, () => Promise<unknown>]>([
    ['counts', () => store.desk.count({ state: 'waiting' })],
    ['sums up what waits', () => store.desk.waiting()],
    ['finds look-alikes', () => store.desk.similar(['8', '9'])],
    ['finds the last decisions', () => store.log.lastDecisions(['8', '9'])],
    ['counts what is stuck', () => store.desk.stuck()],
    ['counts weeks', () => store.numbers.weeks(NOON, 3)],
    ['counts hours of waiting', () => store.numbers.waits(NOON)],
    ['counts reasons', () => store.numbers.reasons(NOON)],
    ['counts embassies', () => store.numbers.embassies(20)],
    ['counts what each person decided', () => store.numbers.moderators(NOON)],
  ])('%s by an index', async (_, work) => {
    for (const plan of await plansOf(work)) expect(plan).not.toMatch(LARGE);
  });

  const cursor = { at: NOON.getTime(), id: 7 };

  it.each([
    {},
    { moderatorId: 'ada' },
    { moderatorId: null },
    { decision: 'rejected' as const },
    { reason: 'no-flag' },
    { from: NOON },
    { from: NOON, until: minutes(60) },
    { moderatorId: 'ada', decision: 'rejected' as const, until: NOON },
  ])('reads the log of %j backwards by an index, and no further than a page', async (filter) => {
    const plans = await plansOf(async () => {
      await store.log.list(25, filter);
      await store.log.list(25, filter, cursor);
    });
    for (const plan of plans) {
      expect(plan).toContain('USING INDEX');
      expect(plan).not.toContain('TEMP B-TREE');
    }
  });

  it('finds what the log says of a photo by the beginning of its id', async () => {
    const plans = await plansOf(async () => {
      await store.log.list(25, { submission: '0b8e7a52' });
      await store.log.list(25, { submission: '0b8e7a52', until: NOON }, cursor);
    });
    for (const plan of plans) expect(plan).toMatch(/INDEX LogEntry_submissionId|\(at=\?/);
  });
});

describe('the clock', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['claims a task', () => store.jobs.claim(['publish', 'retract', 'erase'], NOON, LEASE_MS)],
    ['claims a mail', () => store.outbox.claim(NOON, LEASE_MS)],
    ['knows the line', () => store.submissions.lineLength()],
    ['knows what is not delivered', () => store.alarms.undelivered(NOON, 30)],
    ['knows the backlog', () => store.outbox.backlog()],
    ['finds similar photos', () => store.fingerprints.similarTo('8', [FACTS.fingerprint])],
    ['finds blocked pictures', () => store.blocked.has([FACTS.fingerprint])],
    ['finds the same file', () => store.fingerprints.sentBefore('8', 'x')],
    ['finds a receipt', () => store.submissions.byReceipt('x')],
    ['withdraws', () => store.submissions.withdraw('8', NOON)],
    ['frees what was held', () => store.jobs.releaseAll()],
    ['looks for calls', () => store.webhookDeliveries.claim(NOON, LEASE_MS)],
    ['erases what expired', () => store.housekeeping.eraseExpired(NOON)],
  ])('%s by an index', async (_, work) => {
    for (const plan of await plansOf(work)) expect(plan).not.toMatch(LARGE);
  });
});
