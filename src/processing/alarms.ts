import type { Alarm } from '../store/messages.ts';
import { ATTEMPTS_IN_A_DAY } from './deliver.ts';
import type { Tools } from './tools.ts';

const HOUR_MS = 3_600_000;
const MEGABYTE = 1_000_000;
/** A line that is this full soon has no room. */
const LINE_FULL = 0.8;

/** Looks for what somebody has to know about, and mails it to them. */
export async function lookForAlarms(tools: Tools): Promise<void> {
  if (tools.store.stop.day()) return;
  const looks = [undelivered, oldPhoto, fullDisk, fullLine];
  for (const look of looks) {
    const alarm = await look(tools);
    if (alarm && (await tools.store.alarms.raise(alarm, tools.now()))) tools.bell.ring();
  }
}

/** Where there is no mail server every mail waits, and so would the alarm. */
async function undelivered({ store, mailer, now }: Tools): Promise<Alarm | null> {
  if (!mailer.configured) return null;
  const found = await store.alarms.undelivered(now(), ATTEMPTS_IN_A_DAY);
  const some = found.moderators.length > 0 || found.supporters > 0;
  return some ? { about: 'mail', ...found } : null;
}

async function oldPhoto({ store, config, now }: Tools): Promise<Alarm | null> {
  if (config.alertHours === 0) return null;
  const { oldest } = await store.desk.waiting();
  if (!oldest) return null;
  const hours = Math.floor((now().getTime() - oldest.getTime()) / HOUR_MS);
  return hours >= config.alertHours ? { about: 'age', hours } : null;
}

async function fullDisk({ photos, config }: Tools): Promise<Alarm | null> {
  const megabytes = Math.floor((await photos.freeBytes()) / MEGABYTE);
  return megabytes < config.diskReserveMb ? { about: 'disk', megabytes } : null;
}

async function fullLine({ store, config }: Tools): Promise<Alarm | null> {
  const waiting = await store.submissions.lineLength();
  const room = config.lineLength;
  return waiting > room * LINE_FULL ? { about: 'line', waiting, room } : null;
}
