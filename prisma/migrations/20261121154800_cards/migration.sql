-- Photos that were published before cards were made get theirs; any time in the past is due.
UPDATE "Submission" SET "task" = 'card', "dueAt" = "receivedAt"
WHERE "pictureMonth" IS NOT NULL AND "task" IS NULL;
