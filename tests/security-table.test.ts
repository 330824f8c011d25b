import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALL, ASKED } from './support/asvs.ts';

const root = new URL('../', import.meta.url);
const page = readFileSync(new URL('SECURITY.md', root), 'utf8');
const STATES = ['done', 'partly', 'not', 'does not apply'];

/** The rows of the tables about ASVS; several requirements may share one. */
const rows = page
  .split('\n')
  .filter((line) => /^\| \d+\.\d+\.\d+/.test(line))
  .map((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const [, numbers = '', level = '', , state = '', how = '', proof = ''] = cells;
    return { numbers: numbers.split(', '), level: Number(level), state, how, proof };
  });

/** Everything that stands first in brackets and quotes in a test: titles, and more that does no harm. */
function readTitles(): string[] {
  const folder = new URL('tests/', root);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const sources = names
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'));
  // Of `it(`, `it.each(...)(` and the like; formatting may put the title on the next line.
  return sources.flatMap((source) =>
    [...source.matchAll(/[(]\s*(['"`])(.+?)\1/g)].map(([, , title = '']) => title),
  );
}

/** A check number such as E5, a test file, a title in quotes, or a link to a section. */
const PROOF = /[A-L]\d{1,2}|`[^`]+`|"[^"]+"|\[[^\]]+\]\([^)]+\)/g;

describe('the table of ASVS 5.0 in SECURITY.md', () => {
  it('counts the requirements of the release', () => {
    const counts = [1, 2, 3].map((level) => [...ALL.values()].filter((l) => l === level).length);
    expect(counts).toEqual([70, 183, 92]);
  });

  it('answers each requirement that is asked of us once, with its level', () => {
    const answered = rows.flatMap(({ numbers, level }) => numbers.map((n) => `${n} L${level}`));
    expect(answered.toSorted()).toEqual(ASKED.map(([n, level]) => `${n} L${level}`).toSorted());
  });

  it('knows four states, and a reason for each that is not done', () => {
    for (const { numbers, state, how } of rows) {
      expect(STATES, numbers.join()).toContain(state);
      if (state !== 'done') expect(how, numbers.join()).not.toBe('');
    }
  });

  it('names a proof that exists for all that is done or partly done', () => {
    const titles = readTitles();
    const numbers = new Set(titles.flatMap((t) => /^(?:[A-L]\d{1,2} )+/.exec(t)?.[0].split(' ')));
    const sections = [...page.matchAll(/^## (.*)$/gm)].map(([, text = '']) => slug(text));
    const exists = (proof: string) => {
      const inside = proof.slice(1, -1);
      if (proof.startsWith('`')) return existsSync(new URL(inside, root));
      if (proof.startsWith('"')) return titles.some((title) => title.includes(inside));
      if (proof.startsWith('[')) return sections.includes(/#(.*)[)]/.exec(proof)?.[1] ?? '');
      return numbers.has(proof);
    };
    const unproven = rows.flatMap((row) => {
      const proofs: string[] = row.proof.match(PROOF) ?? [];
      const other = row.proof.replace(PROOF, '').replace(/^(, )*$/, '');
      const wants = /^(done|partly)$/.test(row.state) && proofs.length === 0 ? ['a proof'] : [];
      const missing = [...wants, ...(other ? [other] : []), ...proofs.filter((p) => !exists(p))];
      return missing.map((each) => `${row.numbers[0]}: ${each}`);
    });
    expect(unproven).toEqual([]);
  });
});

function slug(heading: string): string {
  return heading.toLowerCase().replaceAll(' ', '-');
}
