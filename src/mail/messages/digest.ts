import type { Say } from '../../i18n/say.ts';
import type { Block, Letter } from '../content.ts';
import { letter } from '../letter.ts';
import { age } from './age.ts';

/** Counts only: a moderator's mailbox is not the place for anything a supporter sent. */
export interface DigestFacts {
  waiting: number;
  /** How long the oldest has been waiting. */
  oldestHours: number;
  embassies: { name: string; count: number }[];
  queueUrl: string;
  /** Where a moderator chooses how often this mail comes. */
  settingsUrl: string;
}

/** More would make a mail nobody reads, and one that grows with the number of photos. */
const EMBASSIES_NAMED = 10;

/** Tells a moderator that photos are waiting. */
export function digest(facts: DigestFacts, say: Say): Letter {
  const subject = say('mail.digest.subject', { waiting: facts.waiting });
  const blocks: Block[] = [
    { kind: 'text', text: age(facts.oldestHours, say) },
    // Above the list: on a phone it is seen without scrolling.
    { kind: 'link', label: say('mail.digest.open'), url: facts.queueUrl },
    ...(facts.embassies.length > 0 ? [listOf(facts.embassies, say)] : []),
    { kind: 'note', text: say('mail.digest.why') },
    { kind: 'note', text: say('mail.digest.settings'), url: facts.settingsUrl },
  ];
  return letter({ subject, title: subject, blocks }, say);
}

function listOf(embassies: DigestFacts['embassies'], say: Say): Block {
  const sorted = embassies.toSorted((a, b) => b.count - a.count);
  const named = sorted.slice(0, EMBASSIES_NAMED);
  const items = named.map(({ name, count }) => ({ label: name, value: say.number(count) }));
  const others = sorted.length - named.length;
  if (others > 0) items.push({ label: say('mail.digest.more', { embassies: others }), value: '' });
  return { kind: 'list', items };
}
