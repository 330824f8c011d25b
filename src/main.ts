#!/usr/bin/env node
import { doctor } from './cli/doctor.ts';
import { moderator } from './cli/moderator.ts';
import { retention } from './cli/retention.ts';
import { run } from './cli/run.ts';
import { serve } from './cli/serve.ts';
import { stopTheCampaign } from './cli/stop-campaign.ts';

await run({ serve, moderator, doctor, retention, 'stop-campaign': stopTheCampaign });
