import { type Config, readEnvironment } from '../config.ts';
import { CannotStart, openWritablePhotos } from '../resources.ts';
import { serveAlone } from '../store/alone.ts';
import type { Engine, Transaction } from '../store/engine.ts';
import {
  dropMarks,
  LEFT_DATABASE,
  LEFT_PHOTOS,
  MARKS,
  MOVING,
  setMark,
} from '../store/move-marks.ts';
import { copyAhead, countFiles, movePhotos, NotTheSame } from '../store/move-photos.ts';
import { compareRows, countRows, moveRows } from '../store/move-rows.ts';
import { leftPhotos } from '../store/moved.ts';
import { isBusy } from '../store/patience.ts';
import { StoreDown } from '../store/store-down.ts';
import { readMoveOrder } from './move-order.ts';
import { type MovePlan, openForMove, openSource, planMove, refuseTaken } from './move-plan.ts';
import { tellDone, tellPhotos, tellPlaces, tellRows } from './move-tell.ts';
import { showProgress } from './progress.ts';

const AHEAD = `Nothing else was changed. Stop the service, then do the same with --finish: it copies what is new,
all rows, and compares both sides.`;

/** Copies rows and photos to other places, which go on afterwards: bulk first, the rest in a pause. */
export async function move(args: string[]): Promise<void> {
  const order = readMoveOrder(args, readEnvironment());
  if (order.mode === 'call-off') return callOff(order.source);
  const plan = await planMove(order);
  try {
    console.log(tellPlaces(order));
    if (plan.isDone) {
      await dropPhotoMark(plan);
      return console.log(tellDone(order));
    }
    refuseTaken(plan);
    if (order.mode === 'dry-run') await tellAmount(plan);
    else if (order.mode === 'ahead') await ahead(plan);
    else await finish(plan);
  } catch (cause) {
    const isPassing = cause instanceof StoreDown || cause instanceof NotTheSame || isBusy(cause);
    if (!isPassing) throw cause;
    const message = `${(cause as Error).message}\nThe move is not finished: do the same again.`;
    throw new CannotStart(message, { cause });
  } finally {
    await plan.source.close();
  }
}

async function callOff(config: Config): Promise<void> {
  const source = await openSource(config);
  const count = await source.transact((tx) => dropMarks(tx, LEFT_DATABASE, LEFT_PHOTOS));
  await source.close();
  console.log(
    count > 0
      ? 'Called off. The service may start here again; what came to the new place is not here.'
      : 'There was no move from here to call off.',
  );
}

async function tellAmount({ order, source, photos }: MovePlan): Promise<void> {
  const { database } = order;
  if (database) console.log(`${await countRows(source)} rows would be moved.`);
  if (order.photos) console.log(`${await countFiles(photos.from)} files would be moved.`);
  console.log('The targets can be reached and are free for it. Nothing was changed.');
}

async function ahead(plan: MovePlan): Promise<void> {
  if (plan.order.photos) {
    const { from, to } = await beginPhotos(plan);
    await copyAhead(from, to, showProgress('photo files', await countFiles(from)));
  }
  console.log(AHEAD);
}

/** While nobody can write. Marks are set last, so that a move that was killed is begun again. */
async function finish(plan: MovePlan): Promise<void> {
  const { order, source, marks, keys } = plan;
  const alone = await serveAlone(order.source.databaseUrl);
  if (!alone) throw new CannotStart('The service runs. Stop it, then do this again.');
  const target = order.database ? await beginDatabase(plan) : null;
  try {
    await source.hold(async (tx) => {
      if (target) await finishRows(source, target);
      if (order.photos) await finishPhotos(plan);
      await (target ? setMark(tx, LEFT_DATABASE, marks.database) : leave(tx));
    });
    await target?.transact(async (tx) => {
      await dropMarks(tx, ...MARKS);
      if (order.photos) await leave(tx);
      else if (plan.leftPhotos) await setMark(tx, LEFT_PHOTOS, plan.leftPhotos);
    });
    await dropPhotoMark(plan);
  } finally {
    await target?.close();
    await alone.release();
  }
  console.log(tellDone(order));

  function leave(tx: Transaction): Promise<void> {
    return setMark(tx, LEFT_PHOTOS, leftPhotos(keys, order.source, marks.photos));
  }
}

/** The last thing to be done. */
async function dropPhotoMark({ order, photos, marks }: MovePlan): Promise<void> {
  if (order.photos && (await photos.to.mark.read()) === marks.photos) await photos.to.mark.drop();
}

async function beginPhotos({ order, keys, photos, marks, found }: MovePlan) {
  const target = await openWritablePhotos(order.target, keys);
  await target.removeUnfinished(0);
  if (found.photos === 'nothing') await photos.to.mark.set(marks.photos);
  return photos;
}

async function beginDatabase({ order, marks }: MovePlan): Promise<Engine> {
  const target = await openForMove(order.target.databaseUrl);
  await target.transact((tx) => setMark(tx, MOVING, marks.database));
  return target;
}

async function finishPhotos(plan: MovePlan): Promise<void> {
  const { from, to } = await beginPhotos(plan);
  const told = showProgress('photo files compared', await countFiles(from));
  console.log(tellPhotos(await movePhotos(from, to, told)));
}

async function finishRows(source: Engine, target: Engine): Promise<void> {
  const rows = await countRows(source);
  await moveRows(source, target, showProgress('rows', rows));
  console.log(tellRows(await compareRows(source, target, showProgress('rows compared', rows))));
}
