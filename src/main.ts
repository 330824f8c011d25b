import { backup } from './cli/backup.ts';
import { doctor } from './cli/doctor.ts';
import { moderator } from './cli/moderator.ts';
import { move } from './cli/move.ts';
import { restore } from './cli/restore.ts';
import { retention } from './cli/retention.ts';
import { run } from './cli/run.ts';
import { serve } from './cli/serve.ts';
import { stopTheCampaign } from './cli/stop-campaign.ts';

void run({
  serve,
  moderator,
  doctor,
  backup,
  restore,
  move,
  retention,
  'stop-campaign': stopTheCampaign,
});
