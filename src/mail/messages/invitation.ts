import type { Say } from '../../i18n/say.ts';
import type { Block, Letter } from '../content.ts';
import { letter } from '../letter.ts';

export interface InvitationFacts {
  /** The sign-in page: the mail itself lets nobody in. */
  url: string;
}

/** Tells somebody that they may moderate. Nobody is named, for the mail may go astray. */
export function invitation({ url }: InvitationFacts, say: Say): Letter {
  const blocks: Block[] = [
    { kind: 'text', text: say('mail.invitation.text') },
    { kind: 'link', label: say('mail.invitation.open'), url },
    { kind: 'text', text: say('mail.invitation.how') },
    { kind: 'note', text: say('mail.invitation.ignore') },
  ];
  const subject = say('mail.invitation.subject');
  return letter({ subject, title: subject, blocks }, say);
}
