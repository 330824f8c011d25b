import { type Database, openDatabase } from '../../src/store/database.ts';
import type { Rendition } from '../../src/submission/renditions.ts';
import { databaseUrl } from './database.ts';
import { listObjects, listStored } from './photo-store.ts';
import type { ObjectStore } from './s3.ts';

/** Rows of a service's database and the files of its photo store, side by side. */
export interface Ledger {
  rows: Awaited<ReturnType<typeof readRows>>;
  /** Relative to `uploads/`. */
  files: string[];
  /** Each way in which rows, files and tallies do not agree. Meant for a service at rest. */
  faults: string[];
}

const SEALED = ['1920', '480', '960', 'master'];

/** Reads what a service has in its folder. */
export async function readLedger(folder: string): Promise<Ledger> {
  const database = await openDatabase(databaseUrl(folder));
  try {
    return await compare(database, await listStored(folder));
  } finally {
    await database.close();
  }
}

/** The same of a database and an object store; objects are named as files would be. */
export async function compareObjects(database: Database, store: ObjectStore): Promise<Ledger> {
  return compare(database, await listObjects(store));
}

async function compare(database: Database, stored: string[]): Promise<Ledger> {
  const files = stored.filter(isOfRow);
  const rows = await readRows(database);
  const faults = [
    ...(await faultsOfDatabase(database)),
    ...faultsOfFiles(rows, files),
    ...(await faultsOfTallies(database, rows)),
  ];
  return { rows, files, faults };
}

function readRows({ read }: Database) {
  return read.submission.findMany({ orderBy: { id: 'asc' } });
}

/** The mosaic is made of many photos when there is time; the list of what was taken back is of none. */
function isOfRow(file: string): boolean {
  return !file.startsWith('public/mosaic/') && !file.startsWith('taken-back');
}

async function faultsOfDatabase(database: Database): Promise<string[]> {
  return (await database.findDamage()).map((damage) => `database: ${damage}`);
}

function faultsOfFiles(rows: Ledger['rows'], files: string[]): string[] {
  const expected = new Set(rows.flatMap(filesOf));
  const present = new Set(files);
  return [
    ...[...expected].filter((file) => !present.has(file)).map((file) => `missing: ${file}`),
    ...files.filter((file) => !expected.has(file)).map((file) => `too much: ${file}`),
  ];
}

/** The files that belong to a row with nothing left to be done. */
function filesOf({ id, state, held, pictureMonth, renditions }: Ledger['rows'][number]): string[] {
  const parts = state === 'received' ? ['original'] : SEALED;
  const published = pictureMonth ? (renditions as unknown as Rendition[]) : [];
  return [
    ...(held ? parts.map((part) => `private/${id.slice(0, 2)}/${id}.${part}`) : []),
    ...published.map(({ file }) => `public/${id}/${file}`),
  ];
}

async function faultsOfTallies({ read }: Database, rows: Ledger['rows']): Promise<string[]> {
  const { _sum: told } = await read.tally.aggregate({ _sum: { shown: true, counted: true } });
  const shown = rows.filter(({ pictureMonth }) => pictureMonth).length;
  const counted = rows.filter(
    ({ state, exposure }) => state === 'approved' && exposure === 'counted',
  ).length;
  const compare = (name: string, is: number | null, should: number) =>
    (is ?? 0) === should ? [] : [`tally: ${is} ${name} instead of ${should}`];
  return [...compare('shown', told.shown, shown), ...compare('counted', told.counted, counted)];
}
