import closeWithGrace from 'close-with-grace';
import { openApp } from '../app.ts';
import { readConfig, readEnvironment } from '../config.ts';
import { makeLink } from '../moderation/sign-in.ts';
import { tooOld } from '../operations/versions.ts';
import type { Loop } from '../processing/loop.ts';
import { clearUp, startProcessing, watchStop } from '../processing/start.ts';
import type { Suspects } from '../processing/sweep.ts';
import type { Tools } from '../processing/tools.ts';
import { CannotStart, openResources, type Resources } from '../resources.ts';
import { ensureSecretKey } from './first-run.ts';

/** How long a stop may take: running uploads and cleanings end, nothing new begins. */
const GRACE_MS = 25_000;
/** Who moderates a trial at home, where no address was given. */
const FIRST_MODERATOR = 'moderator@localhost.localdomain';

/** Migrates, serves and processes until it is told to stop. */
export async function serve(): Promise<void> {
  await refuseOldVersions();
  const config = readConfig(await ensureSecretKey(readEnvironment()));
  const resources = await openResources(config);
  await addAdmins(resources);
  const app = await openApp(resources);
  const tools = { ...resources, publicUrl: config.publicUrl, log: app.log };
  const left = await clearUp(tools);
  let clock: Promise<Loop> | undefined;
  closeWithGrace({ delay: GRACE_MS, logger: app.log }, async ({ err }) => {
    if (err) app.log.error({ err }, 'stopping after an error');
    await app.close();
    resources.mailer.close();
    await (await clock)?.stop();
    await resources.close();
  });
  await listen(app, config);
  await greet(resources);
  // What answers do not need begins now: before, it would take the processor from the start.
  clock = startClock(tools, left);
  await clock;
}

async function startClock(tools: Tools & Resources, left: Suspects): Promise<Loop> {
  if (tools.config.role === 'web') return watchStop(tools);
  tools.images.warmUp();
  return startProcessing(tools, tools.config.imageWorkers, left);
}

/** A version with a known hole does not serve. */
async function refuseOldVersions(): Promise<void> {
  const lines = await tooOld();
  if (lines.length > 0) throw new CannotStart(lines.join('\n'));
}

async function listen(
  app: Awaited<ReturnType<typeof openApp>>,
  { host, port }: Resources['config'],
): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new CannotStart(`Cannot listen on ${host}, port ${port} (${code}).`, { cause });
  }
}

/** Whom the settings name are admins; on a first run at home somebody has to be. */
async function addAdmins({ config, store, now }: Resources): Promise<void> {
  const nobody = config.moderators.length === 0 && (await store.moderators.list()).length === 0;
  const first = nobody && !config.smtpUrl ? [FIRST_MODERATOR] : [];
  for (const address of [...config.moderators, ...first]) {
    await store.moderators.add(address, now(), { role: 'admin' });
  }
}

/** Tells where the pages are and, without a mail server, how the first moderator gets in. */
async function greet(resources: Resources): Promise<void> {
  if (resources.config.role === 'worker') {
    console.log('Ready. A worker: other processes serve the pages.');
    return;
  }
  if (resources.store.stop.day()) {
    console.log('Ready. The campaign is stopped: only withdrawals are served.');
    return;
  }
  const { publicUrl, smtpUrl } = resources.config;
  console.log(`Ready.
  Home        ${publicUrl}/
  Send        ${publicUrl}/send
  Gallery     ${publicUrl}/gallery
  Moderation  ${publicUrl}/moderation
  API         ${publicUrl}/docs`);
  const [moderator] = await resources.store.moderators.list();
  if (smtpUrl || !moderator) return;
  const { token } = await makeLink(resources, moderator.id, null);
  console.log(`No mail server is set (SMTP_URL), so here is a sign-in link for the first moderator.
It works once, for ten minutes; npm run moderator -- sign-in ADDRESS makes another.
  ${publicUrl}/moderation/sign-in?token=${token}`);
}
