import type { Say } from '../../i18n/say.ts';
import type { Block, Letter } from '../content.ts';
import { letter } from '../letter.ts';
import { age } from './age.ts';

/** What is wrong. It names colleagues where it must, and never a supporter. */
export type AlarmFacts =
  /** `addresses`: moderators who get no mail; `supporters`: how many of their mails do not arrive. */
  | { about: 'mail'; addresses: string[]; supporters: number }
  | { about: 'age'; hours: number }
  | { about: 'disk'; megabytes: number }
  | { about: 'line'; waiting: number; room: number }
  /** Somebody has hidden so many photos that a second person has to look. */
  | { about: 'brake'; address: string }
  /** A site that could not be told of changes for days. */
  | { about: 'webhook'; host: string };

/** Told when it happens; the others at most daily. */
const ONCE = new Set<AlarmFacts['about']>(['brake', 'webhook']);

/** Tells an admin that somebody has to look after something. `url` leads to where. */
export function alarm(facts: AlarmFacts, url: string, say: Say): Letter {
  const { about } = facts;
  const subject = say(`mail.alarm.${about}.subject`);
  const blocks: Block[] = [
    ...news(facts, say),
    { kind: 'link', label: say(`mail.alarm.${about}.open`), url },
    { kind: 'note', text: say(ONCE.has(about) ? 'mail.alarm.why' : 'mail.alarm.why-daily') },
  ];
  return letter({ subject, title: subject, blocks }, say);
}

function news(facts: AlarmFacts, say: Say): Block[] {
  const text = (words: string): Block => ({ kind: 'text', text: words });
  switch (facts.about) {
    case 'mail':
      return undelivered(facts, say);
    case 'age':
      return [text(age(facts.hours, say)), text(say('mail.alarm.age.text'))];
    case 'disk':
      return [text(say('mail.alarm.disk.text', { megabytes: facts.megabytes }))];
    case 'line': {
      const { waiting, room } = facts;
      return [text(say('mail.alarm.line.text', { waiting, room }))];
    }
    case 'brake':
      return [text(say('mail.alarm.brake.text', { address: facts.address }))];
    case 'webhook':
      return [text(say('mail.alarm.webhook.text', { host: facts.host }))];
  }
}

function undelivered({ addresses, supporters }: AlarmFacts & { about: 'mail' }, say: Say): Block[] {
  const items = addresses.map((address) => ({ label: address, value: '' }));
  const blocks: Block[] = [];
  if (items.length > 0) {
    blocks.push({ kind: 'text', text: say('mail.alarm.mail.moderators') }, { kind: 'list', items });
  }
  if (supporters > 0) {
    blocks.push({ kind: 'text', text: say('mail.alarm.mail.supporters', { count: supporters }) });
  }
  return blocks;
}
