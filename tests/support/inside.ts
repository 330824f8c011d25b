import { openBell } from '../../src/bell.ts';
import { openCaller } from '../../src/calls/caller.ts';
import { readConfig } from '../../src/config.ts';
import type { ImageWorkers } from '../../src/image/workers.ts';
import { openKeys } from '../../src/keys.ts';
import { openMailer } from '../../src/mail/mailer.ts';
import type { Timeouts } from '../../src/mail/transport.ts';
import {
  openData,
  openTakenBackList,
  openWritablePhotos,
  type Resources,
} from '../../src/resources.ts';
import { openTakenBack } from '../../src/store/taken-back.ts';
import { databaseUrl } from './database.ts';
import { makeFolder, removeFolder } from './folders.ts';
import { photoSettings } from './photo-store.ts';
import { SECRET_KEY } from './service.ts';

/** A clock that stands until it is moved. */
export interface Clock {
  now(): Date;
  pass(ms: number): void;
}

export function openClock(start = new Date()): Clock {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    pass: (ms) => {
      at += ms;
    },
  };
}

export interface InsideOptions {
  /** Of a service that is stopped; left out, a folder of its own. */
  folder?: string;
  environment?: Record<string, string>;
  clock?: Clock;
  timeouts?: Partial<Timeouts>;
}

/** The service's parts in this process, opened on real files and a real database, under a clock of the test. */
export async function openInside(options: InsideOptions = {}): Promise<Resources> {
  const folder = options.folder ?? (await makeFolder());
  const config = readConfig({
    DATABASE_URL: databaseUrl(folder),
    ...photoSettings(folder),
    SECRET_KEY,
    LOG_LEVEL: 'silent',
    ...options.environment,
  });
  const keys = openKeys(config.secretKey);
  const data = await openData(config, keys);
  const { smtpUrl, mailFrom, publicUrl } = config;
  const { timeouts = {} } = options;
  const mailer = openMailer({ smtpUrl, from: mailFrom, publicUrl, timeouts });
  const now = options.clock?.now ?? (() => new Date());
  for (const address of config.moderators) {
    await data.store.moderators.add(address, now(), { role: 'admin' });
  }
  return {
    config,
    keys,
    ...data,
    photos: await openWritablePhotos(config, keys),
    takenBack: await openTakenBack(openTakenBackList(config), keys),
    images: noWorkers,
    mailer,
    caller: openCaller({ toPrivate: config.privateWebhooks }),
    trustedCaller: openCaller({ toPrivate: true }),
    bell: openBell(),
    now,
    async close() {
      mailer.close();
      await data.database.close();
      if (!options.folder) await removeFolder(folder);
    },
  };
}

/** Tests that open the parts by hand plant pictures that are clean already. */
const noWorkers: ImageWorkers = {
  clean: () => Promise.reject(new Error('No picture is cleaned here')),
  cover: () => Promise.reject(new Error('No picture is covered here')),
  encodeAvif: () => Promise.reject(new Error('No picture is encoded here')),
  drawCard: () => Promise.reject(new Error('No picture is drawn here')),
  drawRow: () => Promise.reject(new Error('No mosaic is made here')),
  stackRows: () => Promise.reject(new Error('No mosaic is made here')),
  warmUp: () => undefined,
  stopEncoding: async () => undefined,
  close: async () => {},
};
