import type { Keys } from '../keys.ts';
import { openAlarms } from './alarms.ts';
import { openArrivals } from './arrivals.ts';
import { openBlocked } from './blocked.ts';
import { openBrake } from './brake.ts';
import { openChallenges } from './challenges.ts';
import { openChanges } from './changes.ts';
import { openClaims } from './claims.ts';
import { openCovers } from './covers.ts';
import type { Database } from './database.ts';
import { openDates } from './dates.ts';
import { openDecisions } from './decisions.ts';
import { openDesk } from './desk.ts';
import { openDigests } from './digests.ts';
import { openEdits } from './edits.ts';
import { openFingerprints } from './fingerprints.ts';
import { openGallery } from './gallery.ts';
import { openHousekeeping } from './housekeeping.ts';
import { openJobs } from './jobs.ts';
import { openLeases } from './leases.ts';
import { openLog } from './log.ts';
import { openModerators } from './moderators.ts';
import { openMosaics } from './mosaic.ts';
import { openNumbers } from './numbers.ts';
import { openOutbox } from './outbox.ts';
import { openPasskeys } from './passkeys.ts';
import { openPeople } from './people.ts';
import { openPurges } from './purges.ts';
import { openRetention } from './retention.ts';
import { openSessions } from './sessions.ts';
import { openSignInLinks } from './sign-in-links.ts';
import { openStop } from './stop.ts';
import { openSubmissions } from './submissions.ts';
import { openWebhookDeliveries } from './webhook-deliveries.ts';
import { openWebhooks } from './webhooks.ts';

export interface StoreSettings {
  /** Minutes between two digests of one moderator. */
  digestMinutes: number;
  /** Photos one moderator may hide in an hour. */
  brakePhotos: number;
}

/** All verbs on rows, by who uses them. */
export function openStore(database: Database, keys: Keys, settings: StoreSettings) {
  const { digestMinutes, brakePhotos } = settings;
  return {
    submissions: openSubmissions(database, digestMinutes),
    arrivals: openArrivals(database),
    jobs: openJobs(database, keys, digestMinutes),
    leases: openLeases(database),
    fingerprints: openFingerprints(database),
    blocked: openBlocked(database),
    digests: openDigests(database, digestMinutes),
    outbox: openOutbox(database, keys, digestMinutes),
    alarms: openAlarms(database, keys),
    decisions: openDecisions(database, keys, brakePhotos),
    covers: openCovers(database, keys, brakePhotos),
    desk: openDesk(database),
    claims: openClaims(database),
    edits: openEdits(database, keys),
    brake: openBrake(database, keys),
    log: openLog(database, keys),
    numbers: openNumbers(database),
    moderators: openModerators(database, keys),
    people: openPeople(database, keys),
    sessions: openSessions(database, keys),
    signInLinks: openSignInLinks(database),
    passkeys: openPasskeys(database, keys),
    challenges: openChallenges(database),
    gallery: openGallery(database),
    mosaics: openMosaics(database),
    changes: openChanges(database),
    webhooks: openWebhooks(database, keys),
    webhookDeliveries: openWebhookDeliveries(database, keys),
    purges: openPurges(database),
    dates: openDates(database),
    housekeeping: openHousekeeping(database),
    retention: openRetention(database),
    stop: openStop(database, keys),
  };
}

export type Store = ReturnType<typeof openStore>;
