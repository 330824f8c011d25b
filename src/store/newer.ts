import { isDriverAdapterError, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { Prisma } from './generated/client.ts';

/** What says that a table or one of its columns is not there. */
const GONE = ['TableDoesNotExist', 'ColumnNotFound'];

/**
 * For a database that a newer version has migrated. What was only added is no matter, for nobody
 * asks here for what this version does not know. Throws when something it needs is gone.
 */
export async function proveNothingGone(connection: SqlDriverAdapter): Promise<void> {
  for (const table of Object.values(Prisma.ModelName)) {
    const columns = Object.keys(Prisma[`${table}ScalarFieldEnum`]);
    const wanted = columns.map((column) => `"${table}"."${column}"`).join();
    const sql = `SELECT ${wanted} FROM "${table}" LIMIT 0`;
    try {
      await connection.queryRaw({ sql, args: [], argTypes: [] });
    } catch (cause) {
      if (!isDriverAdapterError(cause) || !GONE.includes(cause.cause.kind)) throw cause;
      throw new Error(
        `A newer version has taken from ${table} what this one needs: start the newer one.`,
        { cause },
      );
    }
  }
}
