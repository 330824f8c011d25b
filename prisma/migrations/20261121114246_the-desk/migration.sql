-- CreateTable
CREATE TABLE "Claim" (
    "submissionId" TEXT NOT NULL PRIMARY KEY,
    "moderatorId" TEXT NOT NULL,
    "until" DATETIME NOT NULL,
    CONSTRAINT "Claim_submissionId_fkey" FOREIGN KEY ("submissionId") REFERENCES "Submission" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Passkey" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "moderatorId" TEXT NOT NULL,
    "publicKey" BLOB NOT NULL,
    "counter" INTEGER NOT NULL,
    "transports" JSONB NOT NULL,
    "name" TEXT NOT NULL,
    "addedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Challenge" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "moderatorId" TEXT,
    "browserHash" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_LogEntry" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "moderatorId" TEXT,
    "decision" TEXT NOT NULL,
    "submissionId" TEXT,
    "aboutId" TEXT,
    "reason" TEXT,
    "note" TEXT,
    "criteria" JSONB,
    "hoursWaited" INTEGER,
    "hash" TEXT NOT NULL DEFAULT ''
);
INSERT INTO "new_LogEntry" ("at", "criteria", "decision", "id", "moderatorId", "note", "reason", "submissionId") SELECT "at", "criteria", "decision", "id", "moderatorId", "note", "reason", "submissionId" FROM "LogEntry";
DROP TABLE "LogEntry";
ALTER TABLE "new_LogEntry" RENAME TO "LogEntry";
CREATE INDEX "LogEntry_submissionId_id_idx" ON "LogEntry"("submissionId", "id");
CREATE INDEX "LogEntry_moderatorId_at_idx" ON "LogEntry"("moderatorId", "at");
CREATE INDEX "LogEntry_at_idx" ON "LogEntry"("at");
CREATE TABLE "new_Moderator" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "addressHash" TEXT,
    "address" BLOB,
    "addedAt" DATETIME NOT NULL,
    "removedAt" DATETIME,
    "role" TEXT NOT NULL DEFAULT 'moderator',
    "brakePulledAt" DATETIME,
    "brakeReleasedAt" DATETIME,
    "digestAt" DATETIME,
    "digestEvery" INTEGER,
    "quietFrom" INTEGER,
    "quietUntil" INTEGER,
    "timeZone" TEXT,
    "locale" TEXT
);
INSERT INTO "new_Moderator" ("addedAt", "address", "addressHash", "digestAt", "id", "locale", "removedAt") SELECT "addedAt", "address", "addressHash", "digestAt", "id", "locale", "removedAt" FROM "Moderator";
DROP TABLE "Moderator";
ALTER TABLE "new_Moderator" RENAME TO "Moderator";
CREATE UNIQUE INDEX "Moderator_addressHash_key" ON "Moderator"("addressHash");
CREATE TABLE "new_Submission" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "state" TEXT NOT NULL,
    "embassySlug" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "exposure" TEXT NOT NULL,
    "participant" TEXT NOT NULL,
    "name" TEXT,
    "message" TEXT,
    "locale" TEXT NOT NULL,
    "consent" TEXT NOT NULL,
    "covers" JSONB NOT NULL,
    "receivedAt" DATETIME NOT NULL,
    "receiptHash" TEXT NOT NULL,
    "idempotencyHash" TEXT,
    "sourceHash" TEXT,
    "facts" JSONB,
    "checks" JSONB,
    "warned" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT,
    "reply" TEXT,
    "criteria" JSONB,
    "decidedBy" TEXT,
    "alt" TEXT,
    "pictureMonth" TEXT,
    "country" TEXT NOT NULL,
    "cityKey" TEXT NOT NULL,
    "renditions" JSONB,
    "held" BOOLEAN NOT NULL DEFAULT true,
    "task" TEXT,
    "dueAt" DATETIME,
    "leaseToken" TEXT,
    "leaseUntil" DATETIME,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,
    CONSTRAINT "Submission_embassySlug_fkey" FOREIGN KEY ("embassySlug") REFERENCES "Embassy" ("slug") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Submission" ("attempts", "checks", "city", "cityKey", "consent", "country", "covers", "criteria", "decidedBy", "dueAt", "embassySlug", "exposure", "facts", "held", "id", "idempotencyHash", "lastError", "leaseToken", "leaseUntil", "locale", "message", "name", "participant", "pictureMonth", "reason", "receiptHash", "receivedAt", "renditions", "reply", "sourceHash", "state", "task", "version") SELECT "attempts", "checks", "city", "cityKey", "consent", "country", "covers", "criteria", "decidedBy", "dueAt", "embassySlug", "exposure", "facts", "held", "id", "idempotencyHash", "lastError", "leaseToken", "leaseUntil", "locale", "message", "name", "participant", "pictureMonth", "reason", "receiptHash", "receivedAt", "renditions", "reply", "sourceHash", "state", "task", "version" FROM "Submission";
DROP TABLE "Submission";
ALTER TABLE "new_Submission" RENAME TO "Submission";
CREATE UNIQUE INDEX "Submission_receiptHash_key" ON "Submission"("receiptHash");
CREATE UNIQUE INDEX "Submission_idempotencyHash_key" ON "Submission"("idempotencyHash");
CREATE INDEX "Submission_task_dueAt_idx" ON "Submission"("task", "dueAt");
CREATE INDEX "Submission_state_receivedAt_id_idx" ON "Submission"("state", "receivedAt", "id");
CREATE INDEX "Submission_state_embassySlug_receivedAt_id_idx" ON "Submission"("state", "embassySlug", "receivedAt", "id");
CREATE INDEX "Submission_state_exposure_receivedAt_id_idx" ON "Submission"("state", "exposure", "receivedAt", "id");
CREATE INDEX "Submission_state_warned_receivedAt_id_idx" ON "Submission"("state", "warned", "receivedAt", "id");
CREATE INDEX "Submission_pictureMonth_id_idx" ON "Submission"("pictureMonth", "id");
CREATE INDEX "Submission_embassySlug_pictureMonth_id_idx" ON "Submission"("embassySlug", "pictureMonth", "id");
CREATE INDEX "Submission_country_pictureMonth_id_idx" ON "Submission"("country", "pictureMonth", "id");
CREATE INDEX "Submission_cityKey_pictureMonth_id_idx" ON "Submission"("cityKey", "pictureMonth", "id");
CREATE INDEX "Submission_participant_pictureMonth_id_idx" ON "Submission"("participant", "pictureMonth", "id");
CREATE INDEX "Submission_sourceHash_idx" ON "Submission"("sourceHash");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "Claim_moderatorId_idx" ON "Claim"("moderatorId");

-- CreateIndex
CREATE INDEX "Passkey_moderatorId_idx" ON "Passkey"("moderatorId");

-- CreateIndex
CREATE INDEX "Challenge_expiresAt_idx" ON "Challenge"("expiresAt");
