import { CLOSING, NO_SMTP } from '../mail/outcome.ts';
import { SPARE } from '../submission/states.ts';
import { lookForAlarms } from './alarms.ts';
import { eraseGivenUp } from './arrivals.ts';
import { every } from './clock.ts';
import { deliverNext } from './deliver.ts';
import { doNext } from './do-next.ts';
import { type Loop, runLoop } from './loop.ts';
import { openMosaic } from './mosaic.ts';
import { purgeNext } from './purges.ts';
import { eraseExpired, type Suspects, sweepFiles } from './sweep.ts';
import type { Tools } from './tools.ts';
import { callNext } from './webhooks.ts';

const SWEEP_MS = 60 * 60_000;
const ARRIVALS_MS = 5_000;
const STOP_MS = 1_000;
const ALARM_MS = 5 * 60_000;
const DATES_MS = 60_000;
/** A mosaic takes a minute of spare time: new photos wait for each other. */
const MOSAIC_MS = 5 * 60_000;

/**
 * Clears away what a crash left behind, before anybody is served: for nothing is under way now,
 * unless other processes have something under way. Returns what the first sweep has to go on with.
 */
export async function clearUp(tools: Tools): Promise<Suspects> {
  await tools.store.stop.look(true);
  return tools.database.shared ? new Set() : sweepFiles(tools, true, new Set());
}

/** All the clock has to do where other processes do the rest: sees that the campaign is stopped. */
export function watchStop({ store, log }: Pick<Tools, 'store' | 'log'>): Loop {
  const onError = (err: unknown) => log.error({ err }, 'looking for a stop failed');
  return every(STOP_MS, () => store.stop.look(true), onError);
}

/**
 * Starts the clock's work: photos are cleaned, published and erased, mails sent, leftovers swept.
 * Lanes are apart, so that withdrawals never wait for uploads nor anything for a mail server.
 */
export async function startProcessing(
  tools: Tools,
  cleaners: number,
  left: Suspects,
): Promise<Loop> {
  if (!tools.database.shared) await releaseAll(tools);
  // What was put off for want of a mail server has one now, and no stop lasts.
  const over = tools.mailer.configured ? [NO_SMTP, CLOSING] : [CLOSING];
  await tools.store.outbox.hasten(over, tools.now());
  let suspects = left;
  const onError = (err: unknown) => tools.log.error({ err }, 'processing failed');
  const lane = (act: () => Promise<boolean>, lanes: number) =>
    runLoop(act, lanes, tools.bell, onError);
  const mosaic = openMosaic(tools);
  const loops = [
    lane(() => doNext(tools, ['publish', 'retract', 'erase']), 2),
    lane(() => doNext(tools, ['cover']), cleaners),
    lane(() => doNext(tools, ['clean']), cleaners),
    lane(() => doNext(tools, ['clean-heavy']), 1),
    lane(() => encodeWhenIdle(tools), 1),
    lane(() => deliverNext(tools), 3),
    lane(() => callNext(tools), 3),
    lane(() => purgeNext(tools), 1),
    lane(mosaic.clear, 1),
  ];
  const sweepAgain = async () => {
    suspects = await sweepFiles(tools, false, suspects);
  };
  const clocks = [
    every(SWEEP_MS, sweepAgain, onError),
    every(ARRIVALS_MS, () => eraseGivenUp(tools), onError),
    every(SWEEP_MS, () => eraseExpired(tools), onError, { soon: true }),
    watchStop(tools),
    every(DATES_MS, () => tools.store.dates.mend(tools.now()), onError, { soon: true }),
    every(ALARM_MS, tools.database.reserve.fill, onError, { soon: true }),
    every(ALARM_MS, () => lookForAlarms(tools), onError, { soon: true }),
    every(MOSAIC_MS, mosaic.make, onError, { soon: true }),
  ];
  return {
    async stop() {
      mosaic.stop();
      const stopped = Promise.all([...clocks, ...loops].map((each) => each.stop()));
      await tools.images.stopEncoding();
      await stopped;
    },
  };
}

/** What a killed process held. Where there are others, the leases run out instead. */
async function releaseAll({ store }: Tools): Promise<void> {
  await store.jobs.releaseAll();
  await store.outbox.releaseAll();
  await store.webhookDeliveries.releaseAll();
}

async function encodeWhenIdle(tools: Tools): Promise<boolean> {
  if (!(await tools.store.jobs.areDue([...SPARE], tools.now()))) return false;
  if ((await tools.store.submissions.lineLength()) > 0) return false;
  return doNext(tools, [...SPARE]);
}
