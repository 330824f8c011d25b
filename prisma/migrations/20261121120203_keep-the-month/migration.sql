-- AlterTable
ALTER TABLE "Submission" ADD COLUMN "shownSince" TEXT;
