import type { Engine } from './engine.ts';
import { Prisma } from './generated/client.ts';
import {
  batchesOf,
  canonical,
  type Digest,
  digestOf,
  keyOf,
  nameOf,
  partnersOf,
  type Row,
  rowsOf,
} from './table-rows.ts';
import { TABLES, type Table } from './tables.ts';

/** Called with the number of rows just dealt with. */
export type Told = (rows: number) => void;

export interface Compared {
  model: string;
  source: Digest;
  target: Digest;
}

/**
 * Makes the target hold the rows of the source, each transaction a batch: what is there already is
 * left alone, what differs or is too much goes. It may be killed at any moment and begun again.
 * Nobody else may be writing to either.
 */
export async function moveRows(source: Engine, target: Engine, told: Told): Promise<void> {
  // What refers to others goes first; unique values are free before they are given again.
  for (const table of [...TABLES].reverse()) await removeOthers(source, target, table);
  for (const table of TABLES) await addMissing(source, target, table, told);
  await moveCounters(source, target);
}

async function removeOthers(source: Engine, target: Engine, table: Table): Promise<void> {
  for await (const batch of batchesOf(target.reader, table)) {
    const wanted = await partnersOf(source.reader, table, batch);
    const others = batch.filter((row) => {
      const partner = wanted.get(nameOf(table, row));
      return partner ? !table.isReferred && differ(partner, row) : true;
    });
    if (others.length === 0) continue;
    await target.transact(async (tx) => {
      for (const row of others) await rowsOf(tx, table).deleteMany({ where: keyOf(table, row) });
    });
  }
}

async function addMissing(source: Engine, target: Engine, table: Table, told: Told): Promise<void> {
  for await (const batch of batchesOf(source.reader, table)) {
    const there = await partnersOf(target.reader, table, batch);
    const missing = batch.filter((row) => !there.has(nameOf(table, row)));
    const changed = batch.filter((row) => {
      const partner = there.get(nameOf(table, row));
      return partner && differ(partner, row);
    });
    if (missing.length + changed.length > 0) {
      await target.transact(async (tx) => {
        const rows = rowsOf(tx, table);
        for (const row of changed)
          await rows.update({ where: keyOf(table, row), data: asWritten(table, row) });
        await rows.createMany({ data: missing.map((row) => asWritten(table, row)) });
      });
    }
    told(batch.length);
  }
}

function differ(one: Row, other: Row): boolean {
  return canonical(one) !== canonical(other);
}

/** Prisma wants to know which kind of nothing a column of JSON is to hold. */
function asWritten({ json = [] }: Table, row: Row): Row {
  const nothing = json.filter((column) => row[column] === null);
  return { ...row, ...Object.fromEntries(nothing.map((column) => [column, Prisma.DbNull])) };
}

/** A number that was given once is not given again: mirrors remember those they have seen. */
async function moveCounters(source: Engine, target: Engine): Promise<void> {
  for (const { model, counter } of TABLES) {
    if (!counter) continue;
    const last = await source.counters.read(model, counter);
    await target.transact((tx) => target.counters.set(tx, model, counter, last));
  }
}

/** Counts and hashes of all tables, of both sides. */
export async function compareRows(source: Engine, target: Engine, told: Told): Promise<Compared[]> {
  const all: Compared[] = [];
  for (const table of TABLES) {
    const [mine, theirs] = await Promise.all([
      digestOf(source.reader, table),
      digestOf(target.reader, table),
    ]);
    all.push({ model: table.model, source: mine, target: theirs });
    told(mine.count);
  }
  return all;
}

/** How many rows there are to be moved. */
export async function countRows({ reader }: Engine): Promise<number> {
  let count = 0;
  for (const table of TABLES)
    count += await rowsOf(reader, table).count({ where: table.where ?? {} });
  return count;
}
