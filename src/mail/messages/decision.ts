import type { Say } from '../../i18n/say.ts';
import type { PhotoRefusalCode } from '../../submission/refusals.ts';
import type { RejectionReason } from '../../submission/states.ts';
import type { Block, Letter } from '../content.ts';
import { letter } from '../letter.ts';

/**
 * No city, embassy or name and no receipt, and one subject for every outcome: a mailbox may be
 * read by others, a subject over a shoulder.
 */
export interface DecisionFacts {
  /** `counted`: approved, and by the supporter's wish never shown. `refused`: by the machine. */
  outcome: 'approved' | 'counted' | 'rejected' | 'refused';
  reason?: RejectionReason | undefined;
  /** Why the machine could make no clean copy; its sentence says what to do about it. */
  fault?: PhotoRefusalCode | undefined;
  /** What a moderator wrote to the supporter, as plain text. */
  reply?: string | undefined;
  galleryUrl?: string | undefined;
  /** Where another photo can be sent. */
  sendUrl?: string | undefined;
  receiptUrl: string;
}

/** Tells a supporter who left an address what became of the photo. */
export function decision(facts: DecisionFacts, say: Say): Letter {
  const subject = say('mail.decision.subject');
  const title = say(`mail.decision.${facts.outcome}.title`);
  const blocks = [...news(facts, say), ...next(facts, say), ...receipt(facts, say)];
  return letter({ subject, title, blocks }, say);
}

function news({ outcome, reason, fault, reply }: DecisionFacts, say: Say): Block[] {
  const blocks: Block[] = [{ kind: 'text', text: say(`mail.decision.${outcome}.text`) }];
  if (reason) blocks.push({ kind: 'text', text: say(`reason.${reason}.kind`) });
  if (fault) blocks.push({ kind: 'text', text: say(`refusal.${fault}.detail`) });
  if (reply) blocks.push({ kind: 'quote', from: say('mail.decision.reply'), text: reply });
  return blocks;
}

function next({ outcome, galleryUrl, sendUrl }: DecisionFacts, say: Say): Block[] {
  if (outcome === 'approved' && galleryUrl) {
    return [{ kind: 'link', label: say('mail.decision.gallery'), url: galleryUrl }];
  }
  if (outcome === 'approved' || outcome === 'counted') return [];
  const again: Block = { kind: 'text', text: say(`mail.decision.${outcome}.again`) };
  if (!sendUrl) return [again];
  return [again, { kind: 'link', label: say(`mail.decision.${outcome}.send`), url: sendUrl }];
}

function receipt({ outcome, receiptUrl }: DecisionFacts, say: Say): Block[] {
  const takeBack = outcome === 'approved' || outcome === 'counted';
  const text = say(takeBack ? 'mail.decision.take-back' : 'mail.decision.receipt');
  return [
    { kind: 'note', text, url: receiptUrl },
    { kind: 'note', text: say('mail.decision.why') },
  ];
}
