import { type LookUp, mailAdvice } from '../calls/mail-advice.ts';
import type { Config } from '../config.ts';
import { databaseFile, isPostgresql } from '../store/address.ts';
import { findBucketFaults } from '../store/bucket-faults.ts';
import type { Database } from '../store/database.ts';
import { openToOthers } from '../store/files.ts';
import type { LogFault } from '../store/log-chain.ts';
import type { Photos } from '../store/photos.ts';
import type { Store } from '../store/store.ts';
import type { TakenBack } from '../store/taken-back.ts';
import { TAKEN_BACK } from '../store/taken-back-lists.ts';
import { isKeepingOver } from '../submission/campaign-end.ts';
import { clockFaults } from './clock.ts';
import { compareFiles } from './files-and-rows.ts';
import { tooOld } from './versions.ts';

export interface Patient {
  config: Config;
  database: Database;
  store: Store;
  photos: Photos;
  takenBack: TakenBack;
  now: () => Date;
  /** Asks for TXT records; the system's resolver by default. */
  lookUp?: LookUp;
}

/** One thing that was looked at. `bad` is what is wrong, `mind` what may be meant that way. */
export interface Finding {
  about: string;
  bad: string[];
  mind: string[];
}

const MEGABYTE = 1024 * 1024;

/** Looks at everything a person who runs the service can do something about. Changes nothing. */
export async function examine(patient: Patient): Promise<Finding[]> {
  const { config, database, photos, store } = patient;
  const isOver = isKeepingOver(config.campaignEnd, patient.now());
  return [
    { about: 'Versions', bad: await tooOld(), mind: [] },
    { about: 'Settings', bad: [], mind: doubtful(config) },
    // Whoever came this far has read settings, and a key, that fit the database.
    { about: 'Key', bad: [], mind: [] },
    { about: 'Permissions', bad: await exposed(config), mind: [] },
    { about: 'Disk', bad: [], mind: await shortOfRoom(photos, config) },
    ...(await bucketOf(config)),
    { about: 'Database', bad: await database.findDamage(), mind: [] },
    { about: 'Log', bad: (await store.log.verify()).faults.map(tellFault), mind: [] },
    {
      about: 'Files and rows',
      ...(await compareFiles(store, photos, patient.now(), isOver)),
    },
    { about: 'Taken back', bad: await notListed(patient), mind: [] },
    { about: 'Mails', bad: [], mind: await undelivered(store) },
    {
      about: 'Mail records',
      bad: [],
      mind: config.smtpUrl ? await mailAdvice(config.mailFrom, patient.lookUp) : [],
    },
    { about: 'Clock', bad: await clockFaults(config.databaseUrl, store, patient.now()), mind: [] },
  ];
}

/** What works, but is seldom wanted where others are to use the service. */
function doubtful({ smtpUrl, publicUrl, mailFrom, moderators }: Config): string[] {
  const { protocol, hostname } = new URL(publicUrl);
  const isTrial = hostname === 'localhost';
  return [
    ...(isTrial ? ['PUBLIC_URL is not set: links in mails lead to this machine only.'] : []),
    ...(protocol === 'http:' && !isTrial && !hostname.endsWith('.onion')
      ? ['PUBLIC_URL is http: photos and receipts can be read on their way.']
      : []),
    ...(smtpUrl ? [] : ['SMTP_URL is not set: mails stay in the outbox.']),
    ...(smtpUrl && mailFrom.endsWith('.localdomain')
      ? ['MAIL_FROM is not set: mail servers refuse its default.']
      : []),
    ...(moderators.length > 0 ? [] : ['MODERATORS is empty: nobody is made an admin at a start.']),
  ];
}

async function exposed({ databaseUrl, uploadsDir }: Config): Promise<string[]> {
  const database = databaseFile(databaseUrl);
  const files = isPostgresql(databaseUrl) ? [] : [database, `${database}-wal`];
  const paths = ['.env', ...files, `${uploadsDir}/private`];
  return (await openToOthers(paths)).map(
    (path) => `${path} can be opened by other users of this machine: chmod go-rwx ${path}`,
  );
}

async function shortOfRoom(photos: Photos, { diskReserveMb }: Config): Promise<string[]> {
  const left = Math.floor((await photos.freeBytes()) / MEGABYTE);
  return left < diskReserveMb ? [`${left} MB are left, fewer than DISK_RESERVE_MB.`] : [];
}

async function bucketOf({ photoStore }: Config): Promise<Finding[]> {
  if (!photoStore) return [];
  return [{ about: 'Bucket', bad: await findBucketFaults(photoStore), mind: [] }];
}

/** A restore would bring them back. */
async function notListed({ store, takenBack }: Patient): Promise<string[]> {
  const withdrawn = await store.housekeeping.withdrawn();
  const missing = withdrawn.filter((id) => !takenBack.of(id).has('withdrawn')).length;
  if (missing === 0) return [];
  return [
    `${missing} withdrawn photos are not on the list (${TAKEN_BACK}): start the service again.`,
  ];
}

async function undelivered({ outbox }: Store): Promise<string[]> {
  const { queued, givenUp } = await outbox.backlog();
  return [
    ...(queued > 0 ? [`Waiting to be sent: ${queued}.`] : []),
    ...(givenUp > 0 ? [`Given up: ${givenUp}. Moderators see them under Mails.`] : []),
  ];
}

function tellFault({ kind, from, to }: LogFault): string {
  const entries = from === to ? `Entry ${from}` : `Entries ${from} to ${to}`;
  const verb = from === to ? 'was' : 'were';
  if (kind === 'missing') return `${entries} ${verb} dropped.`;
  return `${entries} ${verb} ${kind} by something else than this service.`;
}
