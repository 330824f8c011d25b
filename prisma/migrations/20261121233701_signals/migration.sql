-- CreateTable
CREATE TABLE "Signal" (
    "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "isPublic" BOOLEAN NOT NULL,
    "ids" JSONB NOT NULL,
    "hour" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "Signal_hour_idx" ON "Signal"("hour");
