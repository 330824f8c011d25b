import type { Transaction } from './engine.ts';
import type { PrismaClient } from './generated/client.ts';

/** The last number a database has given to rows of a table; 0 before the first. */
export interface Counters {
  read(model: string, column: string): Promise<number>;
  set(tx: Transaction, model: string, column: string, last: number): Promise<void>;
}

type Last = { last: number | bigint }[];

export function sqliteCounters(reader: PrismaClient): Counters {
  return {
    async read(model) {
      const sql = 'SELECT seq AS last FROM sqlite_sequence WHERE name = ?';
      const [row] = await reader.$queryRawUnsafe<Last>(sql, model);
      return Number(row?.last ?? 0);
    },
    async set(tx, model, _, last) {
      await tx.$executeRawUnsafe('DELETE FROM sqlite_sequence WHERE name = ?', model);
      const sql = 'INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)';
      await tx.$executeRawUnsafe(sql, model, last);
    },
  };
}

export function postgresqlCounters(reader: PrismaClient): Counters {
  return {
    async read(model, column) {
      const sql = `SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS last
        FROM "${model}_${column}_seq"`;
      const [row] = await reader.$queryRawUnsafe<Last>(sql);
      return Number(row?.last ?? 0);
    },
    async set(tx, model, column, last) {
      const sequence = `'"${model}_${column}_seq"'`;
      await tx.$queryRawUnsafe(
        `SELECT setval(${sequence}, ${Math.max(last, 1)}, ${last > 0})::int`,
      );
    },
  };
}
