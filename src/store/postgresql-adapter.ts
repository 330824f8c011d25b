import { PrismaPg } from '@prisma/adapter-pg';
import {
  DriverAdapterError,
  isDriverAdapterError,
  type SqlDriverAdapter,
  type SqlQueryable,
  type Transaction,
} from '@prisma/driver-adapter-utils';

/** Longer than anybody is kept waiting for a connection; whoever waits is told to come back. */
const CONNECT_MS = 10_000;

/** What Prisma's adapter calls a server that cannot be had just now. */
const AWAY_KINDS = new Set([
  ...['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'],
  'TransactionWriteConflict',
]);
/**
 * The same in PostgreSQL's codes: connections lost (08), shutting down and starting (57P), too many
 * of something (53), a statement or lock that took too long, a transaction that stood idle.
 */
const AWAY_CODES = /^(08|57P0|53[03]|57014|55P03|25P03)/;
/** The same as the system and the driver say it. */
const AWAY_SYSTEM = /^(ECONN|EPIPE|ENOENT|ETIMEDOUT|EHOST|ENET|EAI_AGAIN|ENOTFOUND)/;
const AWAY_WORDS = /connection (terminated|error)|trying to connect|read timeout/i;
const DISK_FULL = '53100';

/**
 * Prisma's adapter for PostgreSQL, with at most `connections`. That the server is away is told as
 * Prisma tells it of SQLite's locks: `P1008`, whatever it was. It keeps no named statements
 * and sets nothing in the session, as a pooler of transactions in between demands.
 * `queryMs`: how long reading may take; 0 is for ever.
 */
export function openAdapter(url: string, connections: number, queryMs = 0): PrismaPg {
  const factory = new PrismaPg({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    ...(queryMs > 0 && { query_timeout: queryMs }),
  });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => watchConnection(await connect());
  return factory;
}

function watchConnection<T extends SqlDriverAdapter>(connection: T): T {
  const start = connection.startTransaction.bind(connection);
  connection.startTransaction = async (level) => watchTransaction(await told(start(level)));
  return watch(connection);
}

/** PostgreSQL answers the COMMIT of a transaction that failed on the way as if all were well. */
function watchTransaction(transaction: Transaction): Transaction {
  const { queryRaw, executeRaw } = watch(transaction);
  let failed: unknown;
  const remember = (error: unknown) => {
    failed ??= error;
    throw error;
  };
  transaction.queryRaw = (query) => queryRaw(query).catch(remember);
  transaction.executeRaw = async (query) => {
    if (failed && query.sql === 'COMMIT') {
      await executeRaw({ ...query, sql: 'ROLLBACK' });
      throw failed;
    }
    return executeRaw(query).catch(remember);
  };
  return transaction;
}

function watch<T extends SqlQueryable>(queryable: T): T {
  const queryRaw = queryable.queryRaw.bind(queryable);
  const executeRaw = queryable.executeRaw.bind(queryable);
  queryable.queryRaw = (query) => told(queryRaw(query));
  queryable.executeRaw = (query) => told(executeRaw(query));
  return queryable;
}

async function told<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    const [code, message] = describe(cause);
    if (code === DISK_FULL) {
      throw Object.assign(new Error(message, { cause }), { code: 'ENOSPC' });
    }
    if (!isAway(cause, code, message)) throw cause;
    const away = { kind: 'SocketTimeout', originalCode: code, originalMessage: message } as const;
    throw Object.assign(new DriverAdapterError(away), { message: message || code });
  }
}

function isAway(error: unknown, code: string, message: string): boolean {
  if (isDriverAdapterError(error) && AWAY_KINDS.has(error.cause.kind)) return true;
  return AWAY_CODES.test(code) || AWAY_SYSTEM.test(code) || AWAY_WORDS.test(message);
}

/** Code and words of the driver or the server. */
function describe(error: unknown): [code: string, message: string] {
  const facts = isDriverAdapterError(error) ? { ...error.cause } : error;
  const all = facts as Record<string, string | undefined>;
  const code = all.originalCode ?? all.code ?? '';
  return [code, all.originalMessage ?? all.message ?? ''];
}
