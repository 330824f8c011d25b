import type { Say } from '../i18n/say.ts';
import type { Block, Content } from './content.ts';

/** The mail for readers without HTML. */
export function toText({ title, blocks }: Content, { colon }: Pick<Say, 'colon'>): string {
  return `${[title, ...blocks.map((block) => toParagraph(block, colon))].join('\n\n')}\n`;
}

function toParagraph(block: Block, colon: string): string {
  switch (block.kind) {
    case 'text':
      return block.text;
    case 'list':
      return block.items
        .map(({ label, value }) => `- ${label}${value && `${colon} ${value}`}`)
        .join('\n');
    case 'link':
      return `${block.label}${colon}\n${block.url}`;
    case 'quote':
      return [block.from, ...block.text.split(/\r\n?|\n/).map((line) => `> ${line}`)].join('\n');
    case 'note':
      return block.url === undefined ? block.text : `${block.text}\n${block.url}`;
  }
}
