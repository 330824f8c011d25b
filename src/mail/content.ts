/** A piece of a mail. Both versions of a mail are made from the same pieces, so they cannot differ. */
export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'list'; items: { label: string; value: string }[] }
  | { kind: 'link'; label: string; url: string }
  /** Somebody's own words, line breaks kept. */
  | { kind: 'quote'; from: string; text: string }
  /** What is good to know, but not why the mail was sent. */
  | { kind: 'note'; text: string; url?: string };

export interface Content {
  subject: string;
  title: string;
  blocks: Block[];
}

/** A mail ready to be addressed. */
export interface Letter {
  subject: string;
  text: string;
  html: string;
}
