import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { databaseUrl } from '../support/database.ts';
import { inFolders } from '../support/engines.ts';
import { eventually } from '../support/http.ts';
import { approve, reject, sendPhoto, signIn } from '../support/people.ts';
import { placeOf } from '../support/photo-store.ts';
import { photo } from '../support/pictures.ts';
import { type Service, startService } from '../support/service.ts';
import { storedFiles } from '../support/uploads.ts';

const OPEN_FOLDER =
  './uploads/private can be opened by other users of this machine: chmod go-rwx ./uploads/private';
const STRANGER = '00000000-0000-4000-8000-000000000000';

let service: Service;
let [shown, hidden, rejected]: string[] = [];

beforeAll(async () => {
  service = await startService({ SMTP_URL: 'smtp://127.0.0.1:1' });
  const staff = await signIn(service);
  const send = async (seed: number) =>
    (await (await sendPhoto(service, await photo({ seed }))).json()).id;
  [shown, hidden, rejected] = [await send(1), await send(2), await send(3)];
  await approve(staff, shown ?? '', 2);
  await reject(staff, rejected ?? '', 2);
  await allDone();
});
afterAll(() => service?.dispose());

/** What is under way is nobody's mistake: the doctor leaves it alone. */
async function allDone(): Promise<void> {
  const database = await openDatabase(databaseUrl(service.folder));
  const due = () =>
    database.read.submission.count({ where: { task: { not: null }, dueAt: { lte: new Date() } } });
  await eventually(async () => (await due()) === 0, 60_000);
  await database.close();
}

const doctor = async () => (await service.command('doctor')).split('\n');
const verdicts = async () => (await doctor()).filter((line) => /^\S/.test(line));
/** Puts a file where it does not belong. */
async function leave(file: string): Promise<void> {
  const path = placeOf(service, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, 'left behind');
}

it('finds a running service in good health, and says what may be meant that way', async () => {
  expect(await verdicts()).toEqual([
    'good  Versions',
    'mind  Settings',
    'good  Key',
    'good  Permissions',
    'good  Disk',
    ...(inFolders ? [] : ['good  Bucket']),
    'good  Database',
    'good  Log',
    'good  Files and rows',
    'good  Taken back',
    'mind  Mails',
    'good  Mail records',
    'good  Clock',
  ]);
});

it('names what is broken, file by file and row by row, and changes nothing', async () => {
  await service.stop();
  const files = await storedFiles(service);
  const master = files.find((file) => file.endsWith(`/${hidden}.master`)) ?? '';
  const published = files.find((file) => file.startsWith(`public/${shown}/`)) ?? '';
  for (const file of [master, published]) await rm(placeOf(service, file));
  await leave(`public/${rejected}/480.jpg`);
  await leave(`public/${STRANGER}/480.jpg`);
  if (inFolders) await chmod(join(service.folder, 'uploads/private'), 0o755);
  const database = await openDatabase(databaseUrl(service.folder));
  const last = await database.read.logEntry.findFirst({ orderBy: { id: 'desc' } });
  await database.write((tx) =>
    tx.logEntry.update({ where: { id: last?.id ?? 0 }, data: { moderatorId: null } }),
  );
  await database.close();

  const told = await doctor();
  expect(await doctor()).toEqual(told);
  const text = told.join('\n');
  for (const line of [
    `The sealed photo of ${hidden} is missing.`,
    `${shown} is public and lacks ${published.split('/').at(-1)}.`,
    `${rejected} is not public and has open files.`,
    `Files of ${STRANGER} have no row: an upload under way, or the next sweep removes them.`,
    ...(inFolders ? [OPEN_FOLDER] : []),
    `Entry ${last?.id} was changed by something else than this service.`,
  ]) {
    expect(text).toContain(line);
  }
  expect(told.filter((line) => line.startsWith('BAD')).map((line) => line.slice(6))).toEqual([
    ...(inFolders ? ['Permissions'] : []),
    'Log',
    'Files and rows',
  ]);
});
