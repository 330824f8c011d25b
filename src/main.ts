#!/usr/bin/env node
import { moderator } from './cli/moderator.ts';
import { run } from './cli/run.ts';
import { serve } from './cli/serve.ts';

await run({ serve, moderator });
