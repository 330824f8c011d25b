import { embassyName } from '../campaign/embassy-name.ts';
import { matchLocale } from '../i18n/match.ts';
import { type Say, sayIn } from '../i18n/say.ts';
import { decision } from '../mail/messages/decision.ts';
import { digest } from '../mail/messages/digest.ts';
import { invitation } from '../mail/messages/invitation.ts';
import { signIn } from '../mail/messages/sign-in.ts';
import { unsubscribeHeaders } from '../mail/unsubscribe.ts';
import type { QueuedMessage } from '../store/outbox.ts';
import { SIGN_IN_MINUTES } from '../submission/limits.ts';
import { composeAlarm } from './compose-alarm.ts';
import type { Tools } from './tools.ts';

export interface Composed {
  to: string;
  letter: { subject: string; text: string; html: string };
  /** `List-...`, for unsubscribing. */
  headers?: Record<string, string>;
}

const HOUR_MS = 3_600_000;

/** Writes a queued message with what is true now. Null when there is nothing to say any more. */
export async function compose(tools: Tools, message: QueuedMessage): Promise<Composed | null> {
  if (message.expiresAt && message.expiresAt <= tools.now()) return null;
  if (message.kind === 'decision') return composeDecision(tools, message);
  const moderator = await tools.store.moderators.active(message.moderatorId ?? '');
  if (!moderator?.address) return null;
  const to = moderator.address;
  const asked = 'locale' in message ? message.locale : undefined;
  const say = sayIn(matchLocale(undefined, asked ?? moderator.locale ?? undefined));
  switch (message.kind) {
    case 'sign-in':
      return { to, letter: composeSignIn(tools, message.token, say) };
    case 'invitation':
      return { to, letter: invitation({ url: `${tools.publicUrl}/moderation/sign-in` }, say) };
    case 'alarm':
      return { to, letter: await composeAlarm(tools, message.alarm, say) };
    case 'digest': {
      const letter = await composeDigest(tools, say);
      const headers = unsubscribeHeaders(tools.keys, tools.publicUrl, moderator.id);
      return letter && { to, letter, headers };
    }
  }
}

async function composeDigest(tools: Tools, say: Say) {
  const { store, now, publicUrl } = tools;
  const { total, oldest, embassies: counts } = await store.desk.waiting();
  if (total === 0 || !oldest) return null;
  const oldestHours = Math.floor((now().getTime() - oldest.getTime()) / HOUR_MS);
  const queueUrl = `${publicUrl}/moderation`;
  const settingsUrl = `${queueUrl}/mails`;
  const embassies = counts.map(({ slug, count }) => {
    const embassy = tools.embassies.get(slug);
    return { name: embassy ? embassyName(say, embassy) : slug, count };
  });
  return digest({ waiting: total, oldestHours, embassies, queueUrl, settingsUrl }, say);
}

function composeSignIn({ publicUrl }: Tools, token: string, say: Say) {
  const url = `${publicUrl}/moderation/sign-in?token=${token}`;
  return signIn({ url, minutes: SIGN_IN_MINUTES }, say);
}

function composeDecision(tools: Tools, message: QueuedMessage & { kind: 'decision' }): Composed {
  const { address, locale, outcome, reason, fault, reply } = message;
  const urls = {
    galleryUrl: `${tools.publicUrl}/gallery`,
    sendUrl: `${tools.publicUrl}/send`,
    receiptUrl: `${tools.publicUrl}/receipt`,
  };
  const facts = { outcome, reason, fault, reply, ...urls };
  return { to: address, letter: decision(facts, sayIn(matchLocale(undefined, locale))) };
}
