-- CreateIndex
CREATE INDEX "LogEntry_decision_at_idx" ON "LogEntry"("decision", "at");

-- CreateIndex
CREATE INDEX "LogEntry_reason_at_idx" ON "LogEntry"("reason", "at");
