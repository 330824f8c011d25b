-- CreateTable
CREATE TABLE "Arrival" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "state" TEXT NOT NULL DEFAULT 'coming',
    "until" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "Arrival_state_until_idx" ON "Arrival"("state", "until");
