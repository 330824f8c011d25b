import { openAdapter } from '../../src/store/postgresql-adapter.ts';
import type { Line } from './measure.ts';

const SIZES = `SELECT relname, reltuples::bigint::text, pg_table_size(oid)::text, pg_indexes_size(oid)::text
  FROM pg_class WHERE relkind = 'r' AND pg_table_size(oid) + pg_indexes_size(oid) > 10000000
  ORDER BY pg_total_relation_size(oid) DESC`;
const WHOLE = 'SELECT pg_database_size(current_database())::text';

/** How much disk the tables of a PostgreSQL database take. */
export async function sizesOf(url: string): Promise<Line[]> {
  const connection = await openAdapter(url, 1).connect();
  const ask = async (sql: string) =>
    (await connection.queryRaw({ sql, args: [], argTypes: [] })).rows as string[][];
  const mb = (bytes = '') => `${Math.round(Number(bytes) / 1e6)} MB`;
  const tables = await ask(SIZES);
  const [whole] = await ask(WHOLE);
  await connection.dispose();
  return [
    ...tables.map(([name, rows, table, indexes]) => ({
      what: `table ${name}`,
      figure: `${rows} rows, ${mb(table)}, indexes ${mb(indexes)}`,
    })),
    { what: 'database', figure: mb(whole?.[0]) },
  ];
}
