-- CreateTable
CREATE TABLE "PublicChange" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "submissionId" TEXT NOT NULL,
    "change" TEXT NOT NULL,
    "day" TEXT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "PublicChange_submissionId_key" ON "PublicChange"("submissionId");

-- CreateIndex
CREATE INDEX "PublicChange_day_idx" ON "PublicChange"("day");
