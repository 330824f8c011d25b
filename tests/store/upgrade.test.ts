import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { openSchemaEngine, readMigrations } from '../../src/store/schema-engine.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compete-upgrade-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** The first release: what any installation began with. */
const FIRST = 2;

const ROWS = [
  `INSERT INTO Embassy (slug, kind, name, city, country, latitude, longitude, precision)
   VALUES ('embassy-vienna', 'embassy', 'Embassy', 'Vienna', 'AT', 48, 16, 'city')`,
  `INSERT INTO Moderator (id, addedAt, locale) VALUES ('ada', 0, 'az')`,
  `INSERT INTO Submission (id, state, embassySlug, city, exposure, participant, locale, consent,
     covers, receivedAt, receiptHash, country, cityKey)
   VALUES ('one', 'waiting', 'embassy-vienna', 'Wien', 'shown', 'person', 'en', '2026-11/en',
     '[]', 0, 'hash', 'AT', 'wien')`,
  `INSERT INTO Contact (submissionId, address) VALUES ('one', x'00')`,
  `INSERT INTO Fingerprint (submissionId, band, bits) VALUES ('one', 0, 7)`,
  `INSERT INTO LogEntry (at, moderatorId, decision, submissionId) VALUES (0, 'ada', 'reopened', 'one')`,
];

it('takes an older database along, with everything that hangs on its rows', async () => {
  const url = `file:${folder}/data.db`;
  const adapter = new PrismaBetterSqlite3({ url });
  const connect = vi.spyOn(adapter, 'connect');
  const engine = await openSchemaEngine(adapter);
  const migrations = await readMigrations('sqlite');
  const migrationDirectories = migrations.migrationDirectories.slice(0, FIRST);
  await engine.applyMigrations({
    migrationsList: { ...migrations, migrationDirectories },
    filters: { externalTables: [], externalEnums: [] },
  });
  engine.free();
  const connections = await Promise.all(connect.mock.results.map(({ value }) => value));
  for (const sql of ROWS) await connections[0]?.executeRaw({ sql, args: [], argTypes: [] });
  for (const connection of connections) await connection.dispose();

  const database = await openDatabase(url);
  const submission = await database.read.submission.findUnique({
    where: { id: 'one' },
    include: { contact: true, fingerprints: true },
  });
  expect(submission).toMatchObject({ city: 'Wien', warned: false, fingerprints: [{ bits: 7 }] });
  expect(submission?.contact).not.toBeNull();
  expect(await database.read.moderator.findMany()).toMatchObject([{ id: 'ada', locale: 'az' }]);
  expect(await database.read.logEntry.count()).toBe(1);
  await database.close();
});
