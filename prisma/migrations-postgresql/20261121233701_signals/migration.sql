-- CreateTable
CREATE TABLE "Signal" (
    "number" SERIAL NOT NULL,
    "isPublic" BOOLEAN NOT NULL,
    "ids" JSONB NOT NULL,
    "hour" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Signal_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE INDEX "Signal_hour_idx" ON "Signal"("hour");
