-- CreateTable
CREATE TABLE "Purge" (
    "submissionId" TEXT NOT NULL PRIMARY KEY,
    "dueAt" DATETIME NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0
);

-- CreateIndex
CREATE INDEX "Purge_dueAt_idx" ON "Purge"("dueAt");
