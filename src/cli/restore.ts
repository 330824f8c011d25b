import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Config, readConfig, readEnvironment } from '../config.ts';
import { type Keys, openKeys } from '../keys.ts';
import { CannotStart, openData, openTakenBackList } from '../resources.ts';
import { databaseFile } from '../store/address.ts';
import { serveAlone } from '../store/alone.ts';
import { mirror } from '../store/mirror.ts';
import { type Replayed, replay } from '../store/replay.ts';
import { openTakenBack, type TakenBack } from '../store/taken-back.ts';
import { TAKEN_BACK } from '../store/taken-back-lists.ts';
import { DATABASE, FOLDERS, refusePostgresql } from './backup.ts';
import { UsageError } from './run.ts';

const USAGE = 'npm run restore -- FOLDER [--list FILE | --without-list] [--yes]';
const ID_LENGTH = 36;

interface Order {
  folder: string;
  list: string | undefined;
  withoutList: boolean;
  yes: boolean;
}

/** Puts a backup in the place of what is there, without what was taken back after it was made. */
export async function restore(args: string[]): Promise<void> {
  const order = readOrder(args);
  const config = readConfig(readEnvironment());
  const keys = openKeys(config.secretKey);
  refusePostgresql(config);
  const database = databaseFile(config.databaseUrl);
  if (!existsSync(join(order.folder, DATABASE)))
    throw new CannotStart(`${order.folder} is no backup.`);
  if (existsSync(database) && !order.yes) {
    throw new CannotStart(`${database} is there and would be replaced. To do it, add --yes.`);
  }
  await mkdir(dirname(database), { recursive: true });
  if (!config.photoStore) await mkdir(config.uploadsDir, { recursive: true });
  const lock = await serveAlone(config.databaseUrl);
  if (!lock) throw new CannotStart('The service runs. Stop it first.');
  try {
    const takenBack = await readLists(order, config, keys);
    const done = await restoreRows(order.folder, config, keys, takenBack);
    // An object store has lost nothing; what of it belongs to no row goes with the first sweep.
    if (!config.photoStore) await restoreFiles(order.folder, config, done);
    await takenBack.keep();
    await putInPlace(database);
    console.log(tell(done, takenBack));
  } finally {
    await lock.release();
  }
}

function readOrder(args: string[]): Order {
  const at = args.indexOf('--list');
  const list = at < 0 ? undefined : args[at + 1];
  const rest = at < 0 ? args : [...args.slice(0, at), ...args.slice(at + 2)];
  const [folder, ...more] = rest.filter((word) => !word.startsWith('--'));
  const flags = rest.filter((word) => word.startsWith('--'));
  const unknown = flags.some((flag) => flag !== '--yes' && flag !== '--without-list');
  if (!folder || more.length > 0 || unknown || (at >= 0 && !list)) throw new UsageError(USAGE);
  const [withoutList, yes] = [flags.includes('--without-list'), flags.includes('--yes')];
  return { folder, list, withoutList, yes };
}

/** The list of this machine, the one that is given, and the one of the backup, which is the oldest. */
async function readLists(order: Order, config: Config, keys: Keys): Promise<TakenBack> {
  const takenBack = await openTakenBack(openTakenBackList(config), keys);
  if (takenBack.size === null && !order.list && !order.withoutList) {
    throw new CannotStart(`There is no list of what was taken back (${config.photoStore?.bucket ?? config.uploadsDir}/${TAKEN_BACK}).
Photos withdrawn after the backup was made would come back. If you have the list of the old machine,
give it with --list FILE; if it is lost, --without-list restores all the same. Nothing was changed.`);
  }
  const own = join(order.folder, TAKEN_BACK);
  for (const list of [order.list, existsSync(own) ? own : undefined]) {
    if (list) await takenBack.read(list);
  }
  return takenBack;
}

const beside = (database: string) => `${database}.restoring`;

/** In a copy, so that a restore that breaks off has changed nothing. */
async function restoreRows(folder: string, config: Config, keys: Keys, takenBack: TakenBack) {
  const copy = beside(config.databaseUrl);
  await removeDatabase(copy);
  await copyFile(join(folder, DATABASE), databaseFile(copy));
  const { database, store } = await openData({ ...config, databaseUrl: copy }, keys);
  try {
    return await replay(database, store, takenBack, new Date());
  } finally {
    await database.close();
  }
}

async function restoreFiles(folder: string, { uploadsDir }: Config, done: Replayed): Promise<void> {
  for (const name of FOLDERS) {
    const banned = name === 'public' ? done.hidden : done.gone;
    const idOf = (path: string) =>
      name === 'public' ? dirname(path) : basename(path).slice(0, ID_LENGTH);
    const from = join(folder, 'uploads', name);
    // A mosaic may show what was taken back; the next one is made by itself.
    const wanted = (path: string) => !path.startsWith('mosaic') && !banned.has(idOf(path));
    await mirror(from, join(uploadsDir, name), undefined, wanted);
  }
}

async function putInPlace(database: string): Promise<void> {
  await removeDatabase(`file:${database}`);
  await rename(beside(database), database);
}

async function removeDatabase(url: string): Promise<void> {
  const file = databaseFile(url);
  for (const end of ['-wal', '-shm', '']) await rm(file + end, { force: true });
}

function tell({ photos, gone, hidden, withdrawn }: Replayed, { size }: TakenBack): string {
  return `Restored ${photos} photos. The list of what was taken back has ${size ?? 0} entries:
${String(withdrawn).padStart(7)}  photos were withdrawn since and did not come back
${String(hidden.size - gone.size).padStart(7)}  photos were hidden, covered or lowered since and are not public
Everybody has to sign in again. Start the service, then run the doctor.`;
}
