const VOID = new Set(['meta', 'link', 'input', 'img', 'br', 'source']);
const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z:-]+(?:="[^"]*")?)*)\s*(\/?)>/gy;
const ATTRIBUTE = /([a-zA-Z:-]+)(?:="([^"]*)")?/g;

interface Element {
  name: string;
  attributes: Map<string, string>;
}

/**
 * What is wrong with a page our renderer wrote. Stricter than HTML: every tag is closed, every
 * attribute quoted, so that a plain reader of tags is enough to tell.
 */
export function problemsOf(html: string): string[] {
  const problems: string[] = [];
  const elements = readElements(html.replace('<!DOCTYPE html>', ''), problems);
  const ids = elements.flatMap(({ attributes }) => attributes.get('id') ?? []);
  for (const id of ids) {
    if (ids.indexOf(id) !== ids.lastIndexOf(id)) problems.push(`id ${id} twice`);
  }
  const labelled = new Set(elements.flatMap(({ attributes }) => attributes.get('for') ?? []));
  for (const { name, attributes } of elements) {
    const id = attributes.get('id');
    const control = ['input', 'select', 'textarea'].includes(name);
    if (control && attributes.get('type') !== 'hidden' && !(id && labelled.has(id))) {
      problems.push(`${name} ${attributes.get('name')} has no label`);
    }
    if (name === 'img' && !attributes.has('alt')) problems.push('img without alt');
    for (const reference of referencesOf(attributes)) {
      if (!ids.includes(reference)) problems.push(`${name} points to missing ${reference}`);
    }
  }
  return problems;
}

function readElements(html: string, problems: string[]): Element[] {
  const elements: Element[] = [];
  const open: string[] = [];
  let at = html.indexOf('<');
  while (at !== -1) {
    TAG.lastIndex = at;
    const tag = TAG.exec(html);
    if (!tag) return [...elements, ...oops(problems, `stray < at ${html.slice(at, at + 60)}`)];
    const [, closing, name = '', attributes = '', selfClosed] = tag;
    if (closing) {
      const expected = open.pop();
      if (expected !== name) problems.push(`</${name}> closes <${expected}>`);
    } else {
      elements.push({ name, attributes: readAttributes(attributes) });
      if (!selfClosed && !VOID.has(name)) open.push(name);
    }
    at = html.indexOf('<', TAG.lastIndex);
  }
  if (open.length > 0) problems.push(`never closed: ${open.join(' ')}`);
  return elements;
}

function oops(problems: string[], problem: string): [] {
  problems.push(problem);
  return [];
}

function readAttributes(text: string): Map<string, string> {
  return new Map([...text.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, value]));
}

function referencesOf(attributes: Map<string, string>): string[] {
  const local = attributes.get('href')?.match(/^#(.+)$/)?.[1];
  const named = ['for', 'aria-describedby', 'aria-labelledby'].flatMap(
    (name) => attributes.get(name)?.split(' ') ?? [],
  );
  return local ? [...named, local] : named;
}
