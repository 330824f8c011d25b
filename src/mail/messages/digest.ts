import type { Say } from '../../i18n/say.ts';
import type { Block, Letter } from '../content.ts';
import { letter } from '../letter.ts';

/** Counts only: a moderator's mailbox is not the place for anything a supporter sent. */
export interface DigestFacts {
  waiting: number;
  /** How long the oldest has been waiting. */
  oldestHours: number;
  embassies: { name: string; count: number }[];
  queueUrl: string;
}

/** More would make a mail nobody reads, and one that grows with the number of photos. */
const EMBASSIES_NAMED = 10;
const HOURS_IN_WORDS = 48;

/** Tells a moderator that photos are waiting. */
export function digest(facts: DigestFacts, say: Say): Letter {
  const subject = say('mail.digest.subject', { waiting: facts.waiting });
  const blocks: Block[] = [
    { kind: 'text', text: age(facts.oldestHours, say) },
    ...(facts.embassies.length > 0 ? [listOf(facts.embassies, say)] : []),
    { kind: 'link', label: say('mail.digest.open'), url: facts.queueUrl },
    { kind: 'note', text: say('mail.digest.why') },
  ];
  return letter({ subject, title: subject, blocks }, say);
}

function age(hours: number, say: Say): string {
  if (hours < 1) return say('mail.digest.age.fresh');
  if (hours < HOURS_IN_WORDS) return say('mail.digest.age.hours', { hours: Math.floor(hours) });
  return say('mail.digest.age.days', { days: Math.floor(hours / 24) });
}

function listOf(embassies: DigestFacts['embassies'], say: Say): Block {
  const sorted = embassies.toSorted((a, b) => b.count - a.count);
  const named = sorted.slice(0, EMBASSIES_NAMED);
  const items = named.map(({ name, count }) => ({ label: name, value: say.number(count) }));
  const others = sorted.length - named.length;
  if (others > 0) items.push({ label: say('mail.digest.more', { embassies: others }), value: '' });
  return { kind: 'list', items };
}
