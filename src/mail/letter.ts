import type { Say } from '../i18n/say.ts';
import type { Content, Letter } from './content.ts';
import { toHtml } from './layout.tsx';
import { toText } from './text.ts';

/** Both versions of a mail, from one content. */
export function letter(content: Content, say: Say): Letter {
  return { subject: content.subject, text: toText(content, say), html: toHtml(content, say) };
}
