import { countRetention, eraseDue } from '../processing/retention.ts';
import { sweep } from '../processing/sweep.ts';
import { openClockTools } from './clock-tools.ts';
import { UsageError } from './run.ts';
import { tableOf } from './table.ts';

const USAGE = 'npm run retention [-- --now]';

/** What each kind is, in the order told. */
const KINDS: Record<string, string> = {
  photos: 'photos refused, withdrawn, or rejected or only counted 7 days ago',
  unpublished: 'photos not public, 90 days after CAMPAIGN_END',
  masters: 'masters of public photos, 90 days after CAMPAIGN_END',
  addresses: 'addresses of supporters, 30 days after the decision',
  mails: 'mails sent or given up 30 days ago',
  idempotencyKeys: 'digests of idempotency keys, after a day',
  blocked: 'fingerprints of rejected pictures nobody wants, after 180 days',
  arrivals: 'uploads given up, after a day',
  signals: 'signals between processes, after two hours',
  changes: 'changes mirrors were to hear of, after 30 days',
  links: 'sign-in links that ran out',
  challenges: 'passkey challenges that ran out',
  sessions: 'sessions that ran out',
};

/** Counts what has reached its date, and with `--now` destroys it. Also while the service runs. */
export async function retention(args: string[]): Promise<void> {
  const isNow = args[0] === '--now';
  if (args.length > (isNow ? 1 : 0)) throw new UsageError(USAGE);
  const { tools, close } = await openClockTools();
  try {
    console.log(tableOf(KINDS, await countRetention(tools)));
    if (!isNow)
      return console.log(
        'Nothing was changed. The service does it every hour; -- --now does it at once.',
      );
    await sweep(tools, false, new Set());
    await eraseDue(tools);
    const left = await countRetention(tools);
    console.log(`Done. Left over:\n${tableOf(KINDS, left)}`);
    if (Object.values(left).some((count) => count > 0)) process.exitCode = 1;
  } finally {
    await close();
  }
}
