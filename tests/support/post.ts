import { deliverNext } from '../../src/processing/deliver.ts';
import type { Tools } from '../../src/processing/tools.ts';
import type { Resources } from '../../src/resources.ts';
import { type Clock, openClock, openInside } from './inside.ts';

export const MINUTE = 60_000;

/** The part of the service that sends mail, to a real server, under a clock of the test. */
export interface Post extends Resources {
  tools: Tools;
  clock: Clock;
  /** Sends whatever is due now. */
  deliver(): Promise<void>;
}

/** Shorter than in production, where a stage may take a quarter of a minute. */
const TIMEOUTS = { connect: 400, greeting: 400, idle: 400, message: 2_000 };
const noLog = { info() {}, warn() {}, error() {} };

export async function openPost(
  smtpUrl: string | null,
  environment: Record<string, string> = {},
  { folder, clock = openClock() }: { folder?: string; clock?: Clock } = {},
): Promise<Post> {
  const inside = await openInside({
    environment: {
      MODERATORS: 'ada@example.org,bo@example.org',
      ...(smtpUrl && { SMTP_URL: smtpUrl }),
      ...environment,
    },
    clock,
    timeouts: TIMEOUTS,
    ...(folder && { folder }),
  });
  const tools: Tools = { ...inside, publicUrl: inside.config.publicUrl, log: noLog };
  return {
    ...inside,
    tools,
    clock,
    async deliver() {
      while (await deliverNext(tools));
    },
  };
}
