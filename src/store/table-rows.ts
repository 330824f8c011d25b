import { createHash } from 'node:crypto';
import type { Transaction } from './engine.ts';
import type { Table } from './tables.ts';

export type Row = Record<string, unknown>;

/** What Prisma offers for each model. */
interface Rows {
  count(query: object): Promise<number>;
  findMany(query: object): Promise<Row[]>;
  createMany(query: { data: Row[] }): Promise<unknown>;
  update(query: { where: object; data: Row }): Promise<unknown>;
  deleteMany(query: { where: object }): Promise<unknown>;
}

/** Rows held at once. */
const BATCH = 500;

export function rowsOf(client: Transaction, { model }: Table): Rows {
  const name = (model.charAt(0).toLowerCase() + model.slice(1)) as keyof Transaction;
  return client[name] as unknown as Rows;
}

/** All rows, a batch at a time, in the order of this database. Rows may go meanwhile. */
export async function* batchesOf(client: Transaction, table: Table): AsyncGenerator<Row[]> {
  const orderBy = table.key.map((column) => ({ [column]: 'asc' }));
  for (let after: object = {}; ; ) {
    const where = { AND: [table.where ?? {}, after] };
    const batch = await rowsOf(client, table).findMany({ where, orderBy, take: BATCH });
    if (batch.length > 0) yield batch;
    const last = batch.at(-1);
    if (!last || batch.length < BATCH) return;
    after = behind(table, last);
  }
}

/** Rows of keys behind the one of `last`. */
function behind({ key }: Table, last: Row): object {
  const [first = ''] = key;
  const steps = key.map((column, i) => ({
    ...Object.fromEntries(key.slice(0, i).map((before) => [before, last[before]])),
    [column]: { gt: last[column] },
  }));
  // The first says the same again, so that an index is used.
  return { [first]: { gte: last[first] }, OR: steps };
}

/** Rows of a database with the keys of `batch`, by `nameOf`. Databases order texts differently. */
export async function partnersOf(
  client: Transaction,
  table: Table,
  batch: Row[],
): Promise<Map<string, Row>> {
  const [first = ''] = table.key;
  const some = { [first]: { in: [...new Set(batch.map((row) => row[first]))] } };
  const where = { AND: [table.where ?? {}, some] };
  const rows = await rowsOf(client, table).findMany({ where });
  return new Map(rows.map((row) => [nameOf(table, row), row]));
}

export function keyOf({ key }: Table, row: Row): Row {
  return Object.fromEntries(key.map((column) => [column, row[column]]));
}

export function nameOf(table: Table, row: Row): string {
  return canonical(keyOf(table, row));
}

/** The same text for the same value, whatever database it was read from. */
export function canonical(value: unknown): string {
  if (value instanceof Date) return `date ${value.toISOString()}`;
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`;
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'nothing';
  // PostgreSQL keeps the members of JSON in an order of its own.
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join()}}`;
}

/** Adds up digests: the same for the same set of things, in whatever order they come. */
export function openSum() {
  let sum = 0n;
  return {
    add(thing: string): void {
      sum += BigInt(`0x${createHash('sha256').update(thing).digest('hex')}`);
    },
    hex: () => BigInt.asUintN(256, sum).toString(16).padStart(64, '0'),
  };
}

export interface Digest {
  count: number;
  hash: string;
}

/** How many rows there are, and a hash of all they hold. */
export async function digestOf(client: Transaction, table: Table): Promise<Digest> {
  const sum = openSum();
  let count = 0;
  for await (const batch of batchesOf(client, table)) {
    for (const row of batch) sum.add(canonical(row));
    count += batch.length;
  }
  return { count, hash: sum.hex() };
}
