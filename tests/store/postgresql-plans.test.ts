import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { loadEmbassies } from '../../src/store/embassies.ts';
import type { GalleryFilter } from '../../src/store/gallery.ts';
import type { PrismaClient } from '../../src/store/generated/client.ts';
import { PrismaClient as PostgresqlClient } from '../../src/store/generated-postgresql/client.ts';
import { openAdapter } from '../../src/store/postgresql-adapter.ts';
import { openStore } from '../../src/store/store.ts';
import { BRAKE_PHOTOS, keys } from '../support/database.ts';
import { programs, type Server, startServer, tell } from '../support/postgresql.ts';
import { NOON } from '../support/submissions.ts';

/** Of so many photos one in ten is public, and one in fifty waits. */
const PHOTOS = 50_000;
const PLANT = [
  `INSERT INTO "Submission" (id, state, "embassySlug", city, exposure, participant, locale, consent,
    covers, "receivedAt", "receiptHash", country, "cityKey", "pictureMonth", warned, task, "dueAt")
   SELECT gen_random_uuid()::text, CASE WHEN n % 10 = 0 THEN 'approved' WHEN n % 50 = 1 THEN 'waiting'
      ELSE 'rejected' END, slug, city, 'shown', CASE WHEN n % 7 = 0 THEN 'organisation' ELSE 'person' END,
    'en', '2026-11/en', '[]', timestamp '2026-11-01' + (n % 500) * interval '1 hour', n::text, country,
    lower(city), CASE WHEN n % 10 = 0 THEN '2026-1' || n % 3 END, n % 9 = 0,
    CASE WHEN n % 1000 = 3 THEN 'erase' END, CASE WHEN n % 1000 = 3 THEN timestamp '2027-01-01' END
   FROM generate_series(1, ${PHOTOS}) AS n
   JOIN (SELECT *, row_number() OVER () AS place FROM "Embassy") AS e ON place = n % 80 + 1`,
  `INSERT INTO "LogEntry" (id, at, "moderatorId", decision, "submissionId", reason, "hoursWaited")
   SELECT n, timestamp '2026-01-01' + n * interval '5 minutes', CASE WHEN n % 3 > 0 THEN 'm' || n % 20 END,
    CASE WHEN n % 2 = 0 THEN 'approved' ELSE 'rejected' END, gen_random_uuid()::text,
    CASE WHEN n % 2 = 1 THEN CASE WHEN n % 11 = 0 THEN 'no-flag' ELSE 'other' END END, n % 90
   FROM generate_series(1, ${PHOTOS}) AS n`,
  'VACUUM ANALYZE',
];
const READ_WHOLE = /Seq Scan on "?(Submission|LogEntry)/;
/** The same, or many rows in another order than the index's. */
const UNORDERED =
  /Seq Scan on "?(Submission|LogEntry)|(?<!Incremental )Sort {2}\(cost=\S+ rows=\d{4}/;

describe.skipIf(!programs)('PostgreSQL with many photos', () => {
  let server: Server;
  let real: Database;
  let client: PostgresqlClient;
  let store: ReturnType<typeof openStore>;
  let plans: string[] = [];

  beforeAll(async () => {
    server = await startServer();
    await tell(server.url('postgres'), 'CREATE DATABASE many');
    real = await openDatabase(server.url('many'));
    await loadEmbassies(real);
    for (const sql of PLANT) await tell(server.url('many'), sql);
    client = new PostgresqlClient({ adapter: explaining(server.url('many')) });
    const database = { ...real, read: client as unknown as PrismaClient };
    store = openStore(database, keys, { digestMinutes: 30, brakePhotos: BRAKE_PHOTOS });
  });
  afterAll(async () => {
    await client?.$disconnect();
    await real?.close();
    await server?.stop();
  });

  /** Asks for the plan of each query, with its own values, before it is made. */
  function explaining(url: string) {
    const adapter = openAdapter(url, 1);
    const connect = adapter.connect.bind(adapter);
    adapter.connect = async () => {
      const connection = await connect();
      const { queryRaw } = connection;
      connection.queryRaw = async (query) => {
        const { rows } = await queryRaw({ ...query, sql: `EXPLAIN ${query.sql}` });
        plans.push(`${query.sql}\n${rows.map(([line]) => line as string).join('\n')}`);
        return queryRaw(query);
      };
      return connection;
    };
    return adapter;
  }

  async function plansOf(work: () => Promise<unknown>): Promise<string[]> {
    plans = [];
    await work();
    expect(plans.length).toBeGreaterThan(0);
    return plans;
  }

  const after = { month: '2026-11', id: '8' };
  const cursor = { receivedAt: NOON.getTime(), id: '8' };

  it.each<GalleryFilter>([
    {},
    { embassy: 'embassy-vienna' },
    { country: 'AT' },
    { city: 'wien' },
    { participant: 'organisation' },
    { country: 'AT', participant: 'organisation' },
  ])('lists the gallery of %j by an index and in its order', async (filter) => {
    const found = await plansOf(async () => {
      await store.gallery.list(filter, 25);
      await store.gallery.list(filter, 25, after);
    });
    for (const plan of found) expect(plan).not.toMatch(UNORDERED);
    for (const plan of await plansOf(() => store.gallery.total(filter)))
      expect(plan).not.toMatch(READ_WHOLE);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['lists the queue', () => store.desk.list({ state: 'waiting', aside: false }, 25, cursor)],
    ['reads the log', () => store.log.list(25, {}, { at: NOON.getTime(), id: 7 })],
    ['reads the log of one', () => store.log.list(25, { moderatorId: 'm7' })],
    ['reads the log of a reason', () => store.log.list(25, { reason: 'no-flag' })],
  ])('%s by an index and in its order', async (_, work) => {
    for (const plan of await plansOf(work)) expect(plan).not.toMatch(UNORDERED);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['counts the queue', () => store.desk.count({ state: 'waiting' })],
    ['sums up what waits', () => store.desk.waiting()],
    ['knows the line', () => store.submissions.lineLength()],
    ['knows what waits for moderators', () => store.submissions.queueLength()],
    ['tells coverage', () => store.gallery.tallies()],
    ['finds by the beginning of an id', () => store.gallery.find('8')],
    ['finds a receipt', () => store.submissions.byReceipt('17')],
    ['claims a task', () => store.jobs.claim(['publish', 'retract', 'erase'], NOON, 60_000)],
    ['reads the log of a photo', () => store.log.list(25, { submission: '0b8e7a52' })],
    ['finds the last decisions', () => store.log.lastDecisions(['8', '9'])],
  ])('%s by an index', async (_, work) => {
    for (const plan of await plansOf(work)) expect(plan).not.toMatch(READ_WHOLE);
  });
});
