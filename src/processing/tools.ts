import type { Bell } from '../bell.ts';
import type { Caller } from '../calls/caller.ts';
import type { Embassy } from '../campaign/embassies.ts';
import type { Config } from '../config.ts';
import type { ImageWorkers } from '../image/workers.ts';
import type { Keys } from '../keys.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { Database } from '../store/database.ts';
import type { Photos } from '../store/photos.ts';
import type { Store } from '../store/store.ts';
import type { TakenBack } from '../store/taken-back.ts';

/** What the clock's acts work with. */
export interface Tools {
  store: Store;
  database: Pick<Database, 'reserve' | 'shared'>;
  photos: Photos;
  takenBack: TakenBack;
  images: ImageWorkers;
  mailer: Mailer;
  caller: Caller;
  /** For addresses of the settings, private ones too. */
  trustedCaller: Caller;
  keys: Keys;
  /** From when on somebody has to know, and whom to tell of what is gone. */
  config: Pick<
    Config,
    | ('alertHours' | 'diskReserveMb' | 'lineLength' | 'campaignEnd')
    | ('photoBaseUrl' | 'purgeUrl' | 'purgeToken')
  >;
  bell: Bell;
  embassies: ReadonlyMap<string, Embassy>;
  publicUrl: string;
  now: () => Date;
  log: Log;
}

/** The part of the log that is used here (pino's signature). */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}
