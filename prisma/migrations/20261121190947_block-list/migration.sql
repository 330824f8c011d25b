-- AlterTable
ALTER TABLE "Submission" ADD COLUMN "aside" BOOLEAN NOT NULL DEFAULT false;

-- DropIndex
DROP INDEX "Submission_state_receivedAt_id_idx";

-- CreateIndex
CREATE INDEX "Submission_state_aside_receivedAt_id_idx" ON "Submission"("state", "aside", "receivedAt", "id");

-- CreateTable
CREATE TABLE "BlockedPicture" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "fingerprint" TEXT NOT NULL,
    "day" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "BlockedSlice" (
    "pictureId" TEXT NOT NULL,
    "band" INTEGER NOT NULL,
    "bits" INTEGER NOT NULL,

    PRIMARY KEY ("pictureId", "band"),
    CONSTRAINT "BlockedSlice_pictureId_fkey" FOREIGN KEY ("pictureId") REFERENCES "BlockedPicture" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "BlockedPicture_day_idx" ON "BlockedPicture"("day");

-- CreateIndex
CREATE INDEX "BlockedSlice_band_bits_idx" ON "BlockedSlice"("band", "bits");
