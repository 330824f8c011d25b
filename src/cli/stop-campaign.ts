import { compareFiles } from '../operations/files-and-rows.ts';
import { countStopped, stopCampaign } from '../processing/stop.ts';
import { serveAlone } from '../store/alone.ts';
import { type ClockTools, openClockTools } from './clock-tools.ts';
import { UsageError } from './run.ts';
import { tableOf } from './table.ts';

const USAGE = 'npm run stop-campaign [-- --yes | --open-again]';

const OTHERS = `All processes that reach the database have stopped by now. One that stands still stops within a
second of going on, and destroys what it wrote meanwhile; to see that it did, do this again.`;

/** What is destroyed, in the order told. */
const KINDS: Record<string, string> = {
  public: 'public photos (taken offline, kept sealed)',
  undecided: 'photos nobody decided about',
  rejected: 'rejected photos',
  contacts: 'addresses of supporters',
  mails: 'mails in the outbox',
  sessions: 'sessions of moderators',
  links: 'sign-in links and passkey challenges',
  unpublishedFiles: 'sealed files of photos not approved',
  publicFiles: 'public files',
};

/** Takes a campaign offline, destroys what was not approved, and proves it by counts. */
export async function stopTheCampaign(args: string[]): Promise<void> {
  const [word, ...more] = args;
  if (more.length > 0 || (word && word !== '--yes' && word !== '--open-again'))
    throw new UsageError(USAGE);
  const clock = await openClockTools();
  try {
    if (word === '--yes') await stop(clock);
    else if (word === '--open-again') await openAgain(clock);
    else await ask(clock);
  } finally {
    await clock.close();
  }
}

async function ask({ tools }: ClockTools): Promise<void> {
  const before = await countStopped(tools);
  console.log(`${tableOf(KINDS, before)}
This takes gallery and uploads offline and destroys the above for good; approved photos stay sealed.
Nothing was changed. To do it: npm run stop-campaign -- --yes`);
}

async function stop({ config, tools }: ClockTools): Promise<void> {
  const before = await countStopped(tools);
  const alone = await serveAlone(config.databaseUrl);
  const noticed = await stopCampaign(tools, alone === null).finally(() => alone?.release());
  const after = await countStopped(tools);
  console.log(`The campaign is stopped. Before and after:\n${tableOf(KINDS, before, after)}`);
  const { bad, mind } = await compareFiles(tools.store, tools.photos, tools.now());
  const wrong = [...bad, ...mind];
  if (!noticed) wrong.push('The service that runs has not noticed: stop it, and do this again.');
  if (Object.values(after).some((count) => count > 0))
    wrong.push('Something is left: do it again.');
  console.log(wrong.length > 0 ? wrong.join('\n') : 'Files and rows agree, both ways.');
  if (wrong.length > 0) process.exitCode = 1;
  else console.log('Withdrawals by receipt go on. Backups are not reached: destroy them yourself.');
  if (tools.database.shared) console.log(OTHERS);
}

async function openAgain({ tools }: ClockTools): Promise<void> {
  const photos = await tools.store.stop.end(tools.now());
  console.log(
    `The campaign is open; ${photos} photos are published again. What was destroyed is gone.`,
  );
}
