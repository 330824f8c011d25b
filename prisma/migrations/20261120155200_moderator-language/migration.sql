-- AlterTable
ALTER TABLE "Moderator" ADD COLUMN "locale" TEXT;
