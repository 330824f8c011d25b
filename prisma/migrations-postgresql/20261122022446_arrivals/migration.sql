-- CreateTable
CREATE TABLE "Arrival" (
    "id" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'coming',
    "until" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Arrival_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Arrival_state_until_idx" ON "Arrival"("state", "until");
