import { type Bell, openBell } from './bell.ts';
import { type Caller, openCaller } from './calls/caller.ts';
import type { Embassy } from './campaign/embassies.ts';
import type { Config } from './config.ts';
import { type ImageWorkers, openImageWorkers } from './image/workers.ts';
import { type Keys, openKeys } from './keys.ts';
import { type Mailer, openMailer } from './mail/mailer.ts';
import { withoutPassword } from './store/address.ts';
import { serveAlone } from './store/alone.ts';
import { openBucket } from './store/bucket.ts';
import { type Database, openDatabase } from './store/database.ts';
import { loadEmbassies } from './store/embassies.ts';
import { openFolderPhotos } from './store/folder-photos.ts';
import { whyNotHere } from './store/moved.ts';
import { openObjectPhotos } from './store/object-photos.ts';
import type { Photos } from './store/photos.ts';
import { openRawPhotos } from './store/raw-photos.ts';
import { followServer } from './store/server-clock.ts';
import { isSameKey } from './store/settings.ts';
import { openStore, type Store } from './store/store.ts';
import { StoreDown } from './store/store-down.ts';
import { openTakenBack, type TakenBack } from './store/taken-back.ts';
import { listInBucket, listInFolder, type TakenBackList } from './store/taken-back-lists.ts';

/** A picture that takes longer is refused: no honest one does. */
const CLEANING_MS = 20_000;

/** Many withdrawals fit into it. */
const RESERVE_MB = 4;

export interface Resources {
  config: Config;
  keys: Keys;
  database: Database;
  store: Store;
  photos: Photos;
  takenBack: TakenBack;
  images: ImageWorkers;
  mailer: Mailer;
  caller: Caller;
  trustedCaller: Caller;
  bell: Bell;
  embassies: ReadonlyMap<string, Embassy>;
  now: () => Date;
  close(): Promise<void>;
}

/** The service cannot start; the message says why in a sentence for whoever runs it. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

/** Opens everything the service stands on, in order. `close` closes it in reverse. */
export async function openResources(config: Config): Promise<Resources> {
  const keys = openKeys(config.secretKey);
  const images = openImageWorkers({ count: config.imageWorkers, timeoutMs: CLEANING_MS });
  try {
    const photos = await openWritablePhotos(config, keys);
    if ((await openRawPhotos(config).mark.read()) !== null) {
      throw new CannotStart(
        'A move to this photo store (PHOTO_STORE, UPLOADS_DIR) is not finished.',
      );
    }
    const data = await openData(config, keys);
    const lock = await serveAlone(config.databaseUrl);
    if (!lock) {
      await data.database.close();
      throw new CannotStart('Another process serves this database already (DATABASE_URL).');
    }
    const bell = openBell();
    if (data.database.shared) hearOthers(data, bell);
    const mailer = openMailer({
      smtpUrl: config.smtpUrl,
      from: config.mailFrom,
      publicUrl: config.publicUrl,
    });
    return {
      config,
      keys,
      ...data,
      photos,
      takenBack: await openTakenBack(openTakenBackList(config), keys),
      images,
      mailer,
      caller: openCaller({ toPrivate: config.privateWebhooks }),
      trustedCaller: openCaller({ toPrivate: true }),
      bell,
      async close() {
        mailer.close();
        await images.close();
        await data.database.close();
        await lock.release();
      },
    };
  } catch (error) {
    await images.close();
    throw error;
  }
}

/** The bell rings for what other processes have done, too. */
function hearOthers({ database, store }: Pick<Resources, 'database' | 'store'>, bell: Bell): void {
  database.onChange((ids) => {
    bell.ring();
    // Who waits for one of them would only wait longer.
    const asked = store.submissions.settled(ids).catch(() => []);
    void asked.then((settled) => settled.forEach(bell.settled));
  });
}

/**
 * The part of the resources that commands on the command line need: no workers, no mail. Where
 * several processes share the database, its server's clock is everybody's.
 */
export async function openData(config: Config, keys: Keys) {
  const database = await openOwnDatabase(config);
  try {
    const elsewhere = await whyNotHere(database.read, config, keys);
    if (elsewhere) throw new CannotStart(elsewhere);
    if (!(await isSameKey(database, keys))) {
      throw new CannotStart(
        'SECRET_KEY is not the key this database was made with. Put the old key back: nothing sealed can be opened without it.',
      );
    }
    const embassies = await loadEmbassies(database);
    const now = database.shared ? await followServer(database.read) : () => new Date();
    return { database, embassies, store: openStore(database, keys, config), now };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function openOwnDatabase(config: Config): Promise<Database> {
  const { databaseUrl, diskReserveMb, databasePool } = config;
  try {
    const reserveMb = Math.min(diskReserveMb, RESERVE_MB);
    return await openDatabase(databaseUrl, { reserveMb, pool: databasePool });
  } catch (cause) {
    throw new CannotStart(
      `The database of DATABASE_URL (${withoutPassword(databaseUrl)}) cannot be opened and written. ${reason(cause)}`,
      { cause },
    );
  }
}

/** Throws `CannotStart` when no photo could be stored. */
export async function openWritablePhotos(config: Config, keys: Keys): Promise<Photos> {
  const { photoStore, uploadsDir } = config;
  const key = keys.key('photos');
  try {
    const photos = photoStore
      ? openObjectPhotos(openBucket(photoStore), key)
      : await openFolderPhotos(uploadsDir, key);
    await photos.proveWritable();
    return photos;
  } catch (cause) {
    const where = photoStore
      ? `bucket of PHOTO_STORE (${photoStore.bucket})`
      : `folder of UPLOADS_DIR (${uploadsDir})`;
    throw new CannotStart(`The ${where} cannot be written. ${reason(cause)}`, { cause });
  }
}

/** The list of what was taken back lies where the photos lie. */
export function openTakenBackList({ photoStore, uploadsDir }: Config): TakenBackList {
  return photoStore ? listInBucket(openBucket(photoStore)) : listInFolder(uploadsDir);
}

function reason(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  const words = cause instanceof StoreDown ? message : (code ?? message.split('\n').at(-1));
  return `The system says: ${words}`;
}
