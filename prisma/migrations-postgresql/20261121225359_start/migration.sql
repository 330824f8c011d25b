-- CreateTable
CREATE TABLE "Embassy" (
    "slug" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "latitude" DOUBLE PRECISION NOT NULL,
    "longitude" DOUBLE PRECISION NOT NULL,
    "precision" TEXT NOT NULL,

    CONSTRAINT "Embassy_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "Submission" (
    "id" TEXT NOT NULL,
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
    "receivedAt" TIMESTAMP(3) NOT NULL,
    "receiptHash" TEXT NOT NULL,
    "idempotencyHash" TEXT,
    "sourceHash" TEXT,
    "facts" JSONB,
    "checks" JSONB,
    "warned" BOOLEAN NOT NULL DEFAULT false,
    "aside" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT,
    "reply" TEXT,
    "criteria" JSONB,
    "decidedBy" TEXT,
    "alt" TEXT,
    "pictureMonth" TEXT,
    "shownSince" TEXT,
    "country" TEXT NOT NULL,
    "cityKey" TEXT NOT NULL,
    "renditions" JSONB,
    "held" BOOLEAN NOT NULL DEFAULT true,
    "task" TEXT,
    "dueAt" TIMESTAMP(3),
    "leaseToken" TEXT,
    "leaseUntil" TIMESTAMP(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,

    CONSTRAINT "Submission_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Claim" (
    "submissionId" TEXT NOT NULL,
    "moderatorId" TEXT NOT NULL,
    "until" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Claim_pkey" PRIMARY KEY ("submissionId")
);

-- CreateTable
CREATE TABLE "Contact" (
    "submissionId" TEXT NOT NULL,
    "address" BYTEA NOT NULL,
    "eraseAt" TIMESTAMP(3),

    CONSTRAINT "Contact_pkey" PRIMARY KEY ("submissionId")
);

-- CreateTable
CREATE TABLE "Fingerprint" (
    "submissionId" TEXT NOT NULL,
    "band" INTEGER NOT NULL,
    "bits" INTEGER NOT NULL,

    CONSTRAINT "Fingerprint_pkey" PRIMARY KEY ("submissionId","band")
);

-- CreateTable
CREATE TABLE "BlockedPicture" (
    "id" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "day" TEXT NOT NULL,

    CONSTRAINT "BlockedPicture_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BlockedSlice" (
    "pictureId" TEXT NOT NULL,
    "band" INTEGER NOT NULL,
    "bits" INTEGER NOT NULL,

    CONSTRAINT "BlockedSlice_pkey" PRIMARY KEY ("pictureId","band")
);

-- CreateTable
CREATE TABLE "Likeness" (
    "submissionId" TEXT NOT NULL,
    "otherId" TEXT NOT NULL,
    "distance" INTEGER NOT NULL,

    CONSTRAINT "Likeness_pkey" PRIMARY KEY ("submissionId","otherId")
);

-- CreateTable
CREATE TABLE "Tally" (
    "embassySlug" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "cityKey" TEXT NOT NULL,
    "participant" TEXT NOT NULL,
    "shown" INTEGER NOT NULL DEFAULT 0,
    "counted" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Tally_pkey" PRIMARY KEY ("embassySlug","cityKey","participant")
);

-- CreateTable
CREATE TABLE "PublicChange" (
    "seq" SERIAL NOT NULL,
    "submissionId" TEXT NOT NULL,
    "change" TEXT NOT NULL,
    "day" TEXT NOT NULL,

    CONSTRAINT "PublicChange_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "Webhook" (
    "id" TEXT NOT NULL,
    "target" BYTEA NOT NULL,
    "addedAt" TIMESTAMP(3) NOT NULL,
    "stoppedAt" TIMESTAMP(3),
    "failingSince" TIMESTAMP(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMP(3) NOT NULL,
    "leaseToken" TEXT,
    "leaseUntil" TIMESTAMP(3),
    "lastOutcome" TEXT,
    "lastDay" TEXT,

    CONSTRAINT "Webhook_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookDelivery" (
    "id" TEXT NOT NULL,
    "webhookId" TEXT NOT NULL,
    "submissionId" TEXT,
    "type" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "WebhookDelivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Moderator" (
    "id" TEXT NOT NULL,
    "addressHash" TEXT,
    "address" BYTEA,
    "addedAt" TIMESTAMP(3) NOT NULL,
    "removedAt" TIMESTAMP(3),
    "role" TEXT NOT NULL DEFAULT 'moderator',
    "brakePulledAt" TIMESTAMP(3),
    "brakeReleasedAt" TIMESTAMP(3),
    "digestAt" TIMESTAMP(3),
    "digestEvery" INTEGER,
    "quietFrom" INTEGER,
    "quietUntil" INTEGER,
    "timeZone" TEXT,
    "locale" TEXT,

    CONSTRAINT "Moderator_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SignInToken" (
    "tokenHash" TEXT NOT NULL,
    "moderatorId" TEXT NOT NULL,
    "browserHash" TEXT,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SignInToken_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "Passkey" (
    "id" TEXT NOT NULL,
    "moderatorId" TEXT NOT NULL,
    "publicKey" BYTEA NOT NULL,
    "counter" INTEGER NOT NULL,
    "transports" JSONB NOT NULL,
    "name" TEXT NOT NULL,
    "addedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Passkey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Challenge" (
    "hash" TEXT NOT NULL,
    "moderatorId" TEXT,
    "browserHash" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Challenge_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "Session" (
    "idHash" TEXT NOT NULL,
    "moderatorId" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("idHash")
);

-- CreateTable
CREATE TABLE "OutboxMessage" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "moderatorId" TEXT,
    "submissionId" TEXT,
    "pendingKey" TEXT,
    "reasons" INTEGER NOT NULL DEFAULT 1,
    "payload" BYTEA,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "createdAt" TIMESTAMP(3) NOT NULL,
    "dueAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3),
    "leaseToken" TEXT,
    "leaseUntil" TIMESTAMP(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,

    CONSTRAINT "OutboxMessage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LogEntry" (
    "id" SERIAL NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "moderatorId" TEXT,
    "decision" TEXT NOT NULL,
    "submissionId" TEXT,
    "aboutId" TEXT,
    "reason" TEXT,
    "note" TEXT,
    "criteria" JSONB,
    "hoursWaited" INTEGER,
    "hash" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "LogEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "Submission_receiptHash_key" ON "Submission"("receiptHash");

-- CreateIndex
CREATE UNIQUE INDEX "Submission_idempotencyHash_key" ON "Submission"("idempotencyHash");

-- CreateIndex
CREATE INDEX "Submission_task_dueAt_idx" ON "Submission"("task", "dueAt");

-- CreateIndex
CREATE INDEX "Submission_state_aside_receivedAt_id_idx" ON "Submission"("state", "aside", "receivedAt", "id");

-- CreateIndex
CREATE INDEX "Submission_state_embassySlug_receivedAt_id_idx" ON "Submission"("state", "embassySlug", "receivedAt", "id");

-- CreateIndex
CREATE INDEX "Submission_state_exposure_receivedAt_id_idx" ON "Submission"("state", "exposure", "receivedAt", "id");

-- CreateIndex
CREATE INDEX "Submission_state_warned_receivedAt_id_idx" ON "Submission"("state", "warned", "receivedAt", "id");

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
CREATE INDEX "Submission_embassySlug_participant_pictureMonth_id_idx" ON "Submission"("embassySlug", "participant", "pictureMonth", "id");

-- CreateIndex
CREATE INDEX "Submission_country_participant_pictureMonth_id_idx" ON "Submission"("country", "participant", "pictureMonth", "id");

-- CreateIndex
CREATE INDEX "Submission_cityKey_participant_pictureMonth_id_idx" ON "Submission"("cityKey", "participant", "pictureMonth", "id");

-- CreateIndex
CREATE INDEX "Submission_sourceHash_idx" ON "Submission"("sourceHash");

-- CreateIndex
CREATE INDEX "Claim_moderatorId_idx" ON "Claim"("moderatorId");

-- CreateIndex
CREATE INDEX "Contact_eraseAt_idx" ON "Contact"("eraseAt");

-- CreateIndex
CREATE INDEX "Fingerprint_band_bits_idx" ON "Fingerprint"("band", "bits");

-- CreateIndex
CREATE INDEX "BlockedPicture_day_idx" ON "BlockedPicture"("day");

-- CreateIndex
CREATE INDEX "BlockedSlice_band_bits_idx" ON "BlockedSlice"("band", "bits");

-- CreateIndex
CREATE UNIQUE INDEX "PublicChange_submissionId_key" ON "PublicChange"("submissionId");

-- CreateIndex
CREATE INDEX "PublicChange_day_idx" ON "PublicChange"("day");

-- CreateIndex
CREATE INDEX "WebhookDelivery_webhookId_type_attempts_idx" ON "WebhookDelivery"("webhookId", "type", "attempts");

-- CreateIndex
CREATE UNIQUE INDEX "WebhookDelivery_webhookId_submissionId_key" ON "WebhookDelivery"("webhookId", "submissionId");

-- CreateIndex
CREATE UNIQUE INDEX "Moderator_addressHash_key" ON "Moderator"("addressHash");

-- CreateIndex
CREATE INDEX "SignInToken_moderatorId_expiresAt_idx" ON "SignInToken"("moderatorId", "expiresAt");

-- CreateIndex
CREATE INDEX "Passkey_moderatorId_idx" ON "Passkey"("moderatorId");

-- CreateIndex
CREATE INDEX "Challenge_expiresAt_idx" ON "Challenge"("expiresAt");

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

-- CreateIndex
CREATE INDEX "LogEntry_moderatorId_at_idx" ON "LogEntry"("moderatorId", "at");

-- CreateIndex
CREATE INDEX "LogEntry_decision_at_idx" ON "LogEntry"("decision", "at");

-- CreateIndex
CREATE INDEX "LogEntry_reason_at_idx" ON "LogEntry"("reason", "at");

-- CreateIndex
CREATE INDEX "LogEntry_at_idx" ON "LogEntry"("at");

-- AddForeignKey
ALTER TABLE "Submission" ADD CONSTRAINT "Submission_embassySlug_fkey" FOREIGN KEY ("embassySlug") REFERENCES "Embassy"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_submissionId_fkey" FOREIGN KEY ("submissionId") REFERENCES "Submission"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Contact" ADD CONSTRAINT "Contact_submissionId_fkey" FOREIGN KEY ("submissionId") REFERENCES "Submission"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Fingerprint" ADD CONSTRAINT "Fingerprint_submissionId_fkey" FOREIGN KEY ("submissionId") REFERENCES "Submission"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BlockedSlice" ADD CONSTRAINT "BlockedSlice_pictureId_fkey" FOREIGN KEY ("pictureId") REFERENCES "BlockedPicture"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookDelivery" ADD CONSTRAINT "WebhookDelivery_webhookId_fkey" FOREIGN KEY ("webhookId") REFERENCES "Webhook"("id") ON DELETE CASCADE ON UPDATE CASCADE;
