import type { Say } from '../../i18n/say.ts';
import type { Block, Letter } from '../content.ts';
import { letter } from '../letter.ts';

export interface SignInFacts {
  /** Opening it shows a button and changes nothing: mail scanners open every link. */
  url: string;
  minutes: number;
}

/** Lets a moderator in, once. */
export function signIn({ url, minutes }: SignInFacts, say: Say): Letter {
  const blocks: Block[] = [
    { kind: 'text', text: say('mail.sign-in.text', { minutes }) },
    { kind: 'link', label: say('mail.sign-in.open'), url },
    { kind: 'note', text: say('mail.sign-in.ignore') },
  ];
  const subject = say('mail.sign-in.subject');
  return letter({ subject, title: subject, blocks }, say);
}
