/** What XML 1.0 allows in a document (its production `Char`); HTML wants no more of it either. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text without what no document may hold: control characters, halves of surrogate pairs. */
export function plain(text: string): string {
  return text.replace(FORBIDDEN, '');
}

/** Text of a stranger as it may stand in HTML and XML, between tags and in quoted attributes. */
export function escaped(text: string): string {
  return plain(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One element; `content` is markup already. Attributes without a value are left out. */
export function element(name: string, attributes: Attributes, content?: string): string {
  const open = `<${name}${Object.entries(attributes).map(attribute).join('')}`;
  return content === undefined ? `${open}/>` : `${open}>${content}</${name}>`;
}

function attribute([name, value]: [string, string | number | undefined]): string {
  return value === undefined ? '' : ` ${name}="${escaped(String(value))}"`;
}
