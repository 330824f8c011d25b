import type { SendOutcome } from '../mail/mailer.ts';
import type { QueuedMessage } from '../store/outbox.ts';
import { compose } from './compose.ts';
import type { Tools } from './tools.ts';
import { growingWait } from './waits.ts';

/** Longer than a delivery can take, so that no second process sends what is being sent. */
const LEASE_MS = 3 * 60_000;
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 60 * 60_000;
/** RFC 5321, 4.5.4.1: give up after four to five days; 12 waits double to an hour, then daily life. */
const MAX_ATTEMPTS = 120;

/** How often a message is tried within a day. */
export const ATTEMPTS_IN_A_DAY = attemptsWithin(24 * 60 * 60_000);

/** Sends the next due message. False when none is due. */
export async function deliverNext(tools: Tools): Promise<boolean> {
  const message = await tools.store.outbox.claim(tools.now(), LEASE_MS);
  if (!message) return false;
  const { outbox } = tools.store;
  const outcome = await deliver(tools, message);
  if (outcome.kind === 'sent' || outcome.kind === 'dropped') {
    await outbox.finish(message, outcome.kind, tools.now());
  } else if (outcome.kind === 'later' && mayTryAgain(tools, message)) {
    await outbox.postpone(message, waitAfter(message.attempts, tools.now()), outcome.why);
  } else {
    await outbox.finish(message, 'given-up', tools.now());
    tools.log.warn({ mail: message.kind, why: outcome.why }, 'mail given up');
  }
  return true;
}

/** What was kept because there is no mail server has not been tried once. */
function mayTryAgain({ mailer }: Tools, { attempts }: QueuedMessage): boolean {
  return !mailer.configured || attempts < MAX_ATTEMPTS;
}

async function deliver(
  tools: Tools,
  message: QueuedMessage,
): Promise<SendOutcome | { kind: 'dropped' }> {
  try {
    const composed = await compose(tools, message);
    if (!composed) return { kind: 'dropped' };
    const { to, letter, headers = {} } = composed;
    if (!tools.mailer.configured && message.attempts === 1) showInLog(tools, message, letter);
    return await tools.mailer.send({ to, messageId: message.id, ...letter, headers });
  } catch (err) {
    // One message that cannot be written must not hold up the others.
    tools.log.error({ err, mail: message.kind }, 'mail not written');
    return { kind: 'later', why: 'unexpected' };
  }
}

/** Without a mail server the log is where an operator finds the sign-in link. */
function showInLog({ log }: Tools, { kind }: QueuedMessage, letter: { text: string }): void {
  const text = kind === 'decision' ? undefined : letter.text;
  log.info({ mail: kind, text }, 'mail kept in the outbox: SMTP_URL is not set');
}

function waitAfter(attempts: number, now: Date): Date {
  return new Date(now.getTime() + waitMs(attempts));
}

function waitMs(attempts: number): number {
  return growingWait(FIRST_WAIT_MS, attempts - 1, LONGEST_WAIT_MS);
}

function attemptsWithin(ms: number): number {
  let attempts = 1;
  for (let waited = 0; waited < ms; attempts++) waited += waitMs(attempts);
  return attempts;
}
