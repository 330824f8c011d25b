import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { type Keys, openKeys } from '../keys.ts';
import { CannotStart } from '../resources.ts';
import { databaseFile, isPostgresql } from '../store/address.ts';
import { type Engine, openEngine } from '../store/engine.ts';
import { LEFT_DATABASE, LEFT_PHOTOS, readMarks } from '../store/move-marks.ts';
import { countOthers, type Found, lookAtDatabase, lookAtPhotos } from '../store/move-targets.ts';
import { leftPhotos } from '../store/moved.ts';
import { databasePlace, digestOfPlace, photoPlace } from '../store/places.ts';
import { openRawPhotos, type RawPhotos } from '../store/raw-photos.ts';
import { isSameKey } from '../store/settings.ts';
import type { MoveOrder } from './move-order.ts';

/** A move whose sides have been looked at. */
export interface MovePlan {
  order: MoveOrder;
  keys: Keys;
  source: Engine;
  photos: { from: RawPhotos; to: RawPhotos };
  /** What tells this move from others, in a database and in a photo store. */
  marks: { database: string; photos: string };
  /** What is found at the targets; null where nothing is moved to. */
  found: { database: Found | null; photos: Found | null };
  /** Where photos lay before, as the source knows it. */
  leftPhotos: string | undefined;
  /** It was finished before. */
  isDone: boolean;
}

/** Connections of a process that was killed take a moment to go. */
const PATIENCE_MS = 5_000;
const LOOK_MS = 200;

/** Looks at both sides, and changes neither. Throws `CannotStart`. */
export async function planMove(order: MoveOrder): Promise<MovePlan> {
  const { source, target, mode } = order;
  if (mode === 'finish') await reached('database to move from', refuseOthers(source));
  const keys = openKeys(source.secretKey);
  const photos = { from: openRawPhotos(source), to: openRawPhotos(target) };
  const marks = {
    database: markOf(keys, order.database, databasePlace, source.databaseUrl, target.databaseUrl),
    photos: markOf(keys, order.photos, photoPlace, source, target),
  };
  const found = {
    database: order.database
      ? await reached('database to move to', lookAtDatabase(target.databaseUrl))
      : null,
    photos: order.photos ? await reached('photo store to move to', lookAtPhotos(photos.to)) : null,
  };
  const engine = await reached('database to move from', openSource(source));
  const known = await readMarks(engine.reader);
  const left = known.get(LEFT_PHOTOS);
  const isDone = order.database
    ? known.get(LEFT_DATABASE) === marks.database && found.database === 'something'
    : left === leftPhotos(keys, source, marks.photos) && found.photos === 'something';
  return { order, keys, source: engine, photos, marks, found, leftPhotos: left, isDone };
}

/** Throws `CannotStart` when a target holds anything but a part of this move. */
export function refuseTaken({ found, marks }: MovePlan): void {
  judge('database', found.database, marks.database);
  judge('photo store', found.photos, marks.photos);
}

function judge(what: string, found: Found | null, mark: string): void {
  if (found === null || found === 'nothing') return;
  if (found === 'something') {
    throw new CannotStart(`The ${what} to move to holds something already: it has to be empty.`);
  }
  if (found.begun === mark) return;
  throw new CannotStart(`The ${what} to move to holds a part of another move: empty it first.`);
}

function markOf<P>(keys: Keys, isMoved: boolean, tell: (place: P) => string, from: P, to: P) {
  const places = [tell(from), tell(to)];
  if (isMoved && places[0] === places[1]) {
    throw new CannotStart(`${places[0]} is where it is already.`);
  }
  return digestOfPlace(keys, ...places);
}

async function reached<T>(what: string, looking: Promise<T>): Promise<T> {
  try {
    return await looking;
  } catch (cause) {
    if (cause instanceof CannotStart) throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    const words = message.split('\n').at(-1) || code;
    throw new CannotStart(`The ${what} cannot be reached. The system says: ${words}`, { cause });
  }
}

/** Opens the database that is moved away from. Throws `CannotStart` when it is not there. */
export async function openSource({ databaseUrl, secretKey }: Config): Promise<Engine> {
  if (!isPostgresql(databaseUrl) && !existsSync(databaseFile(databaseUrl))) {
    throw new CannotStart(`There is no database to move at ${databasePlace(databaseUrl)}.`);
  }
  const engine = await openForMove(databaseUrl);
  const known = { read: engine.reader, write: engine.transact };
  if (await isSameKey(known, openKeys(secretKey))) return engine;
  await engine.close();
  throw new CannotStart('SECRET_KEY is not the key the database was made with.');
}

/** A database of either side, opened alike. */
export function openForMove(url: string): Promise<Engine> {
  return openEngine(url, { reserveMb: 0, pool: 5 });
}

/** SQLite's service has a lock; whoever works with PostgreSQL is connected to it. */
async function refuseOthers({ databaseUrl }: Config): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; ; ) {
    const others = await countOthers(databaseUrl);
    if (others === 0) return;
    if (Date.now() > until) {
      throw new CannotStart(`${others} others are connected to ${databasePlace(databaseUrl)}:
stop all processes of the service, and poolers in between, then do this again.`);
    }
    await sleep(LOOK_MS);
  }
}
