import { expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { databaseUrl, openTestStore } from '../support/database.ts';

const NEWER = `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at)
  VALUES ('x', 'x', '20990101000000_newer', CURRENT_TIMESTAMP)`;

it('serves a database that a newer version has added to, but not one that lacks what it needs', async () => {
  const test = await openTestStore();
  const open = async () => (await openDatabase(databaseUrl(test.folder))).close();
  const tell = (sql: string) => test.database.write((tx) => tx.$executeRawUnsafe(sql));
  await tell(NEWER);
  await tell(`ALTER TABLE "Submission" ADD COLUMN "mood" TEXT NOT NULL DEFAULT 'calm'`);
  await open();
  await tell('ALTER TABLE "Submission" DROP COLUMN "alt"');
  await expect(open()).rejects.toThrow('taken from Submission');
  await tell('ALTER TABLE "Submission" ADD COLUMN "alt" TEXT');
  await tell('DROP TABLE "Purge"');
  await expect(open()).rejects.toThrow('taken from Purge');
  await test.dispose();
});
