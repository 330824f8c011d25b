import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { breaking } from '../../prisma/expansion.ts';
import { readMigrations } from '../../src/store/schema-engine.ts';

const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string };

it('no migration takes what an older version, serving beside the new one, still asks for', async () => {
  for (const { path, migrationFile } of (await readMigrations('postgres')).migrationDirectories) {
    expect(breaking(String(migrationFile.content.value), version), path).toEqual([]);
  }
});

it.each([
  'ALTER TABLE "Submission" DROP COLUMN "mood"',
  'ALTER TABLE "Submission" RENAME COLUMN "mood" TO "tone"',
  'ALTER TABLE "Submission" ADD COLUMN "mood" TEXT NOT NULL',
  'ALTER TABLE "Submission" ADD COLUMN "mood" TEXT,\nADD COLUMN "tone" TEXT NOT NULL',
  'ALTER TABLE "Submission" ADD COLUMN "mood" TEXT, DROP COLUMN "tone"',
  'ALTER TABLE "Submission" ALTER COLUMN "city" SET NOT NULL',
  'ALTER TABLE "Submission" ALTER COLUMN "city" SET DATA TYPE INTEGER',
  'CREATE UNIQUE INDEX "Submission_city_key" ON "Submission"("city")',
  'DROP TABLE "Claim"',
  'DROP INDEX "Submission_receiptHash_key"',
  'ALTER TABLE "Claim" ADD CONSTRAINT "c" FOREIGN KEY ("moderatorId") REFERENCES "Moderator"("id")',
])('%s would break it, unless an earlier version stopped using that', (sql) => {
  expect(breaking(sql, '0.3.0')).toHaveLength(1);
  expect(breaking(`-- Unused since 0.3.0\n${sql};`, '0.3.0')).toHaveLength(1);
  expect(breaking(`-- Unused since 0.2.0\n${sql};`, '0.3.0')).toEqual([]);
});

it.each([
  'ALTER TABLE "Submission" ADD COLUMN "mood" TEXT',
  `ALTER TABLE "Submission" ADD COLUMN "mood" TEXT NOT NULL DEFAULT 'calm',\nADD COLUMN "tone" TEXT`,
  'CREATE INDEX "Submission_mood_idx" ON "Submission"("mood")',
  'CREATE TABLE "Mood" ("id" TEXT NOT NULL);\nCREATE UNIQUE INDEX "Mood_id_key" ON "Mood"("id")',
])('%s does not', (sql) => expect(breaking(sql, '0.3.0')).toEqual([]));
