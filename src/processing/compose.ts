import { embassyName } from '../campaign/embassy-name.ts';
import { matchLocale } from '../i18n/match.ts';
import { type Say, sayIn } from '../i18n/say.ts';
import { decision } from '../mail/messages/decision.ts';
import { digest } from '../mail/messages/digest.ts';
import { invitation } from '../mail/messages/invitation.ts';
import { signIn } from '../mail/messages/sign-in.ts';
import type { QueuedMessage } from '../store/outbox.ts';
import { SIGN_IN_MINUTES } from '../submission/limits.ts';
import type { Tools } from './tools.ts';

export interface Composed {
  to: string;
  letter: { subject: string; text: string; html: string };
}

const HOUR_MS = 3_600_000;

/** Writes a queued message with what is true now. Null when there is nothing to say any more. */
export async function compose(tools: Tools, message: QueuedMessage): Promise<Composed | null> {
  if (message.expiresAt && message.expiresAt <= tools.now()) return null;
  if (message.kind === 'decision') return composeDecision(tools, message);
  const moderator = await tools.store.moderators.active(message.moderatorId ?? '');
  if (!moderator?.address) return null;
  const asked = message.kind === 'digest' ? undefined : message.locale;
  const say = sayIn(matchLocale(undefined, asked ?? moderator.locale ?? undefined));
  const letter = await composeToStaff(tools, message, say);
  return letter && { to: moderator.address, letter };
}

type ToStaff = Exclude<QueuedMessage, { kind: 'decision' }>;

async function composeToStaff(tools: Tools, message: ToStaff, say: Say) {
  switch (message.kind) {
    case 'digest':
      return composeDigest(tools, say);
    case 'sign-in':
      return composeSignIn(tools, message.token, say);
    case 'invitation':
      return invitation({ url: `${tools.publicUrl}/moderation/sign-in` }, say);
  }
}

async function composeDigest(tools: Tools, say: Say) {
  const { store, now, publicUrl } = tools;
  const { total, oldest, embassies: counts } = await store.desk.waiting();
  if (total === 0 || !oldest) return null;
  const oldestHours = Math.floor((now().getTime() - oldest.getTime()) / HOUR_MS);
  const queueUrl = `${publicUrl}/moderation`;
  const embassies = counts.map(({ slug, count }) => {
    const embassy = tools.embassies.get(slug);
    return { name: embassy ? embassyName(say, embassy) : slug, count };
  });
  return digest({ waiting: total, oldestHours, embassies, queueUrl }, say);
}

function composeSignIn({ publicUrl }: Tools, token: string, say: Say) {
  const url = `${publicUrl}/moderation/sign-in?token=${token}`;
  return signIn({ url, minutes: SIGN_IN_MINUTES }, say);
}

function composeDecision(tools: Tools, message: QueuedMessage & { kind: 'decision' }): Composed {
  const { address, locale, outcome, reason, reply } = message;
  const urls = {
    galleryUrl: `${tools.publicUrl}/gallery`,
    sendUrl: `${tools.publicUrl}/send`,
    receiptUrl: `${tools.publicUrl}/receipt`,
  };
  return {
    to: address,
    letter: decision({ outcome, reason, reply, ...urls }, sayIn(matchLocale(undefined, locale))),
  };
}
