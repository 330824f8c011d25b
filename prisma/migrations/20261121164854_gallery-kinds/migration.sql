-- CreateIndex
CREATE INDEX "Submission_embassySlug_participant_pictureMonth_id_idx" ON "Submission"("embassySlug", "participant", "pictureMonth", "id");

-- CreateIndex
CREATE INDEX "Submission_country_participant_pictureMonth_id_idx" ON "Submission"("country", "participant", "pictureMonth", "id");

-- CreateIndex
CREATE INDEX "Submission_cityKey_participant_pictureMonth_id_idx" ON "Submission"("cityKey", "participant", "pictureMonth", "id");
