import { postgresqlCounters } from './counters.ts';
import type { Engine, Transaction } from './engine.ts';
import type { PrismaClient } from './generated/client.ts';
import { PrismaClient as PostgresqlClient } from './generated-postgresql/client.ts';
import { bringUpToDate } from './migrate.ts';
import { HOLD_MS, isBusy, patiently, TRANSACTION_MS } from './patience.ts';
import { openAdapter } from './postgresql-adapter.ts';

const QUERY_MS = 15_000;

/**
 * The first statement of each writing transaction: it waits for its turn among all processes, and
 * says for how long it may block the others. All of it ends with the transaction, so that a pooler
 * of transactions may stand in between.
 */
const TAKE_TURN = `SELECT set_config('lock_timeout', '10s', true),
  set_config('statement_timeout', '15s', true),
  set_config('idle_in_transaction_session_timeout', '4s', true),
  pg_advisory_xact_lock(742161, 2)`;

/** The same for who keeps it for as long as it takes. */
const TAKE_LONG_TURN = `SELECT set_config('lock_timeout', '10s', true),
  set_config('statement_timeout', '0', true),
  set_config('idle_in_transaction_session_timeout', '0', true),
  pg_advisory_xact_lock(742161, 2)`;

/**
 * The database at `url` (`postgresql://...`), read by at most `pool` connections.
 *
 * One connection writes, and writing transactions of all processes take turns as on SQLite: log,
 * numbered changes, digests and tallies rest on that. A turn takes a few milliseconds.
 */
export async function openPostgresql(url: string, pool: number): Promise<Engine> {
  const adapter = openAdapter(url, 1);
  await bringUpToDate(adapter);
  const writer = new PostgresqlClient({ adapter, errorFormat: 'minimal' });
  const reader = readPatiently(
    new PostgresqlClient({ adapter: openAdapter(url, pool, QUERY_MS), errorFormat: 'minimal' }),
  );

  async function transact<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    // Nobody knows what became of a COMMIT whose answer was lost: it is not done again.
    let done = false;
    const attempt = async (tx: Pick<PostgresqlClient, '$executeRawUnsafe'>) => {
      await tx.$executeRawUnsafe(TAKE_TURN);
      const result = await work(tx as Transaction);
      done = true;
      return result;
    };
    try {
      return await patiently(
        () => writer.$transaction(attempt, TRANSACTION_MS),
        () => !done,
      );
    } catch (error) {
      // Prisma has no code for what goes wrong at a COMMIT.
      throw isBusy(error) ? Object.assign(error, { code: 'P1008' }) : error;
    }
  }

  return {
    shared: true,
    reader,
    transact,
    hold: (work) =>
      writer.$transaction(async (tx) => {
        await tx.$executeRawUnsafe(TAKE_LONG_TURN);
        return work(tx as unknown as Transaction);
      }, HOLD_MS),
    counters: postgresqlCounters(reader),
    // The server's own: rows as they were go at its next vacuum.
    forget: () => undefined,
    reserve: { fill: async () => undefined, release: async () => false },
    findDamage: () => findDamage(reader),
    async close() {
      await Promise.all([writer.$disconnect(), reader.$disconnect()]);
    },
  };
}

/** Whoever reads while the server restarts waits for it. Both clients have the same models. */
function readPatiently(client: PostgresqlClient): PrismaClient {
  const patient = client.$extends({
    query: { $allOperations: ({ args, query }) => patiently(() => query(args)) },
  });
  return patient as unknown as PrismaClient;
}

/** Indexes that were left unfinished, and pages whose checksums were wrong. */
async function findDamage(read: PrismaClient): Promise<string[]> {
  const indexes = await read.$queryRawUnsafe<{ name: string }[]>(
    'SELECT indexrelid::regclass::text AS name FROM pg_index WHERE NOT indisvalid',
  );
  const [pages] = await read.$queryRawUnsafe<{ failures: number | null }[]>(
    `SELECT checksum_failures::int AS failures FROM pg_stat_database
     WHERE datname = current_database()`,
  );
  return [
    ...indexes.map(({ name }) => `The index ${name} is not complete: REINDEX INDEX ${name}.`),
    ...(pages?.failures ? [`${pages.failures} pages had wrong checksums.`] : []),
  ];
}
