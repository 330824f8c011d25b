import { openBell } from '../bell.ts';
import { openCaller } from '../calls/caller.ts';
import { type Config, readConfig, readEnvironment } from '../config.ts';
import { openImageWorkers } from '../image/workers.ts';
import { openKeys } from '../keys.ts';
import { openMailer } from '../mail/mailer.ts';
import type { Log, Tools } from '../processing/tools.ts';
import { openData, openTakenBackList, openWritablePhotos } from '../resources.ts';
import { openTakenBack } from '../store/taken-back.ts';

export interface ClockTools {
  config: Config;
  tools: Tools;
  close(): Promise<void>;
}

const ON_STDERR: Log = {
  info: () => undefined,
  warn: (facts, message) => console.error(message, facts),
  error: (facts, message) => console.error(message, facts),
};

/** What a command needs to do the clock's work by hand, beside a service or without one. */
export async function openClockTools(): Promise<ClockTools> {
  const config = readConfig(readEnvironment());
  const keys = openKeys(config.secretKey);
  const photos = await openWritablePhotos(config, keys);
  const { database, ...data } = await openData(config, keys);
  await data.store.stop.look();
  const { publicUrl, smtpUrl, mailFrom } = config;
  const images = openImageWorkers({ count: 0, timeoutMs: 0 });
  const tools: Tools = {
    ...data,
    database,
    photos,
    takenBack: await openTakenBack(openTakenBackList(config), keys),
    images,
    mailer: openMailer({ smtpUrl, from: mailFrom, publicUrl }),
    caller: openCaller({ toPrivate: false }),
    trustedCaller: openCaller({ toPrivate: true }),
    keys,
    config,
    bell: openBell(),
    publicUrl,
    log: ON_STDERR,
  };
  return {
    config,
    tools,
    async close() {
      tools.mailer.close();
      await images.close();
      await database.close();
    },
  };
}
