-- CreateTable
CREATE TABLE "Embassy" (
    "slug" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "latitude" REAL NOT NULL,
    "longitude" REAL NOT NULL,
    "precision" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Submission" (
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
    "reason" TEXT,
    "reply" TEXT,
    "criteria" JSONB,
    "decidedBy" TEXT,
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

-- CreateTable
CREATE TABLE "Contact" (
    "submissionId" TEXT NOT NULL PRIMARY KEY,
    "address" BLOB NOT NULL,
    "eraseAt" DATETIME,
    CONSTRAINT "Contact_submissionId_fkey" FOREIGN KEY ("submissionId") REFERENCES "Submission" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Fingerprint" (
    "submissionId" TEXT NOT NULL,
    "band" INTEGER NOT NULL,
    "bits" INTEGER NOT NULL,

    PRIMARY KEY ("submissionId", "band"),
    CONSTRAINT "Fingerprint_submissionId_fkey" FOREIGN KEY ("submissionId") REFERENCES "Submission" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Likeness" (
    "submissionId" TEXT NOT NULL,
    "otherId" TEXT NOT NULL,
    "distance" INTEGER NOT NULL,

    PRIMARY KEY ("submissionId", "otherId")
);

-- CreateTable
CREATE TABLE "Tally" (
    "embassySlug" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "cityKey" TEXT NOT NULL,
    "participant" TEXT NOT NULL,
    "shown" INTEGER NOT NULL DEFAULT 0,
    "counted" INTEGER NOT NULL DEFAULT 0,

    PRIMARY KEY ("embassySlug", "cityKey", "participant")
);

-- CreateTable
CREATE TABLE "Moderator" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "addressHash" TEXT,
    "address" BLOB,
    "addedAt" DATETIME NOT NULL,
    "removedAt" DATETIME,
    "digestAt" DATETIME
);

-- CreateTable
CREATE TABLE "SignInToken" (
    "tokenHash" TEXT NOT NULL PRIMARY KEY,
    "moderatorId" TEXT NOT NULL,
    "browserHash" TEXT,
    "expiresAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Session" (
    "idHash" TEXT NOT NULL PRIMARY KEY,
    "moderatorId" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "expiresAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "OutboxMessage" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "moderatorId" TEXT,
    "submissionId" TEXT,
    "pendingKey" TEXT,
    "reasons" INTEGER NOT NULL DEFAULT 1,
    "payload" BLOB,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "createdAt" DATETIME NOT NULL,
    "dueAt" DATETIME NOT NULL,
    "expiresAt" DATETIME,
    "leaseToken" TEXT,
    "leaseUntil" DATETIME,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT
);

-- CreateTable
CREATE TABLE "LogEntry" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "moderatorId" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "submissionId" TEXT NOT NULL,
    "reason" TEXT,
    "note" TEXT,
    "criteria" JSONB
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Submission_receiptHash_key" ON "Submission"("receiptHash");

-- CreateIndex
CREATE UNIQUE INDEX "Submission_idempotencyHash_key" ON "Submission"("idempotencyHash");

-- CreateIndex
CREATE INDEX "Submission_task_dueAt_idx" ON "Submission"("task", "dueAt");

-- CreateIndex
CREATE INDEX "Submission_state_receivedAt_id_idx" ON "Submission"("state", "receivedAt", "id");

-- CreateIndex
CREATE INDEX "Submission_pictureMonth_id_idx" ON "Submission"("pictureMonth", "id");

-- CreateIndex
CREATE INDEX "Submission_embassySlug_pictureMonth_id_idx" ON "Submission"("embassySlug", "pictureMonth", "id");

-- CreateIndex
CREATE INDEX "Submission_country_pictureMonth_id_idx" ON "Submission"("country", "pictureMonth", "id");

-- CreateIndex
CREATE INDEX "Submission_cityKey_pictureMonth_id_idx" ON "Submission"("cityKey", "pictureMonth", "id");

-- CreateIndex
CREATE INDEX "Submission_participant_pictureMonth_id_idx" ON "Submission"("participant", "pictureMonth", "id");

-- CreateIndex
CREATE INDEX "Submission_sourceHash_idx" ON "Submission"("sourceHash");

-- CreateIndex
CREATE INDEX "Contact_eraseAt_idx" ON "Contact"("eraseAt");

-- CreateIndex
CREATE INDEX "Fingerprint_band_bits_idx" ON "Fingerprint"("band", "bits");

-- CreateIndex
CREATE UNIQUE INDEX "Moderator_addressHash_key" ON "Moderator"("addressHash");

-- CreateIndex
CREATE INDEX "SignInToken_moderatorId_expiresAt_idx" ON "SignInToken"("moderatorId", "expiresAt");

-- CreateIndex
CREATE INDEX "Session_moderatorId_idx" ON "Session"("moderatorId");

-- CreateIndex
CREATE INDEX "Session_expiresAt_idx" ON "Session"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "OutboxMessage_pendingKey_key" ON "OutboxMessage"("pendingKey");

-- CreateIndex
CREATE INDEX "OutboxMessage_state_dueAt_idx" ON "OutboxMessage"("state", "dueAt");

-- CreateIndex
CREATE INDEX "OutboxMessage_state_createdAt_idx" ON "OutboxMessage"("state", "createdAt");

-- CreateIndex
CREATE INDEX "LogEntry_submissionId_id_idx" ON "LogEntry"("submissionId", "id");
