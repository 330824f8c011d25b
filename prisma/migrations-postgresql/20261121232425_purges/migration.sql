-- CreateTable
CREATE TABLE "Purge" (
    "submissionId" TEXT NOT NULL,
    "dueAt" TIMESTAMP(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Purge_pkey" PRIMARY KEY ("submissionId")
);

-- CreateIndex
CREATE INDEX "Purge_dueAt_idx" ON "Purge"("dueAt");
