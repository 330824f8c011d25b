import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogues } from '../../src/i18n/messages.ts';
import { CHECKS, TRACES } from '../../src/submission/photo.ts';
import { REFUSALS } from '../../src/submission/refusals.ts';
import { REJECTION_REASONS, STATES } from '../../src/submission/states.ts';

const keys = Object.keys(catalogues.en);
const root = new URL('../../src/', import.meta.url).pathname;

/** Keys named in the source: literally, or as a family such as `refusal.${code}.title`. */
function namedKeys(): { literal: Set<string>; families: RegExp[] } {
  const literal = new Set<string>();
  const families: RegExp[] = [];
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(file) || file.includes('generated')) continue;
    const source = readFileSync(join(root, file), 'utf8');
    for (const [, key = ''] of source.matchAll(/'([a-z][\w-]*(?:\.[\w-]+)+)'/g)) literal.add(key);
    for (const [, template = ''] of source.matchAll(/`((?:[\w.-]|\$\{(?:[^{}`])*\})+)`/g)) {
      if (/^[a-z][\w-]*\..*\$\{/.test(template)) families.push(asPattern(template));
    }
  }
  return { literal, families };
}

/** A placeholder stands for one part of a key. */
function asPattern(template: string): RegExp {
  const parts = template.split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', '\\.'));
  return new RegExp(`^${parts.join('[\\w-]+')}$`);
}

describe('sentences', () => {
  it('are all said somewhere', () => {
    const { literal, families } = namedKeys();
    const unused = keys.filter(
      (key) => !literal.has(key) && !families.some((family) => family.test(key)),
    );
    expect(unused).toEqual([]);
  });

  it('of families name nothing that does not exist', () => {
    expect(membersOf(/^refusal\.([\w-]+)\.(?:title|detail)$/)).toEqual(
      new Set(Object.keys(REFUSALS)),
    );
    expect(membersOf(/^reason\.([\w-]+)$/)).toEqual(new Set(REJECTION_REASONS));
    expect(membersOf(/^state\.([\w-]+)\.next$/)).toEqual(new Set(STATES));
    expect(membersOf(/^check\.([\w-]+)$/)).toEqual(new Set(CHECKS));
    expect(membersOf(/^removed\.([\w-]+)$/)).toEqual(
      new Set([...TRACES, 'title', 'intro', 'none']),
    );
  });
});

function membersOf(family: RegExp): Set<string> {
  return new Set(keys.flatMap((key) => family.exec(key)?.[1] ?? []));
}
